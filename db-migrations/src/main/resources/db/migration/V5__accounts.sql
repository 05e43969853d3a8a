-- Which accounts belong to one human being.

create table account_mark (
    issuer     text        not null,
    name       text        not null,
    kind       text        not null check (kind in ('SUBJECT', 'EMAIL', 'EMPLOYEE_NUMBER')),
    value      text        not null,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    primary key (issuer, name, kind, value)
);
comment on table account_mark is 'What verified tokens said about a person''s account. Never deleted: who shared an address once may be one person.';
comment on column account_mark.name is 'The user name, in lower case.';
create index account_mark_shared on account_mark (kind, value);
