-- Who may not act for now, and who has to answer for that.

create table suspension (
    id           uuid        primary key,
    issuer       text        not null,
    name         text        not null,
    subject      text,
    reason       text        not null check (length(reason) between 1 and 2000),
    suspended_by text        not null,
    suspended_at timestamptz not null,
    lifted_by    text,
    lifted_at    timestamptz,
    check ((lifted_at is null) = (lifted_by is null))
);
comment on table suspension is 'Never deleted: a lifted one stays as it was.';
comment on column suspension.name is 'In lower case: a person''s user name or an agent''s client id.';
comment on column suspension.subject is 'The subject that had this name when it was suspended, if it was ever here: a new name changes nothing.';
create unique index suspension_in_force on suspension (issuer, name) where lifted_at is null;
create index suspension_of_subject on suspension (issuer, subject) where lifted_at is null and subject is not null;
create index suspension_newest on suspension (suspended_at desc, id desc);
create index suspension_of_name on suspension (name, suspended_at desc, id desc);

create index principal_of_name on principal (issuer, lower(name));
