-- Roles for a time: approved beforehand, or taken in an emergency and reviewed afterwards.

alter table approval add column of_grant boolean not null default false;
comment on column approval.of_grant is 'Whether it is about a grant, whose id is then in session; it is executed when the grant begins.';

create table access_grant (
    id             uuid        primary key,
    version        bigint      not null,
    kind           text        not null check (kind in ('GRANT', 'BREAK_GLASS')),
    state          text        not null check (state in
        ('PENDING', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'ACTIVE', 'USED', 'ENDED', 'REVOKED')),
    rule           text        not null,
    role           text        not null,
    issuer         text        not null,
    subject        text        not null,
    principal_name text        not null,
    owner          text,
    on_behalf_of   text,
    principal      text        not null,
    responsible    text        not null,
    target         text        not null,
    actions        text        not null,
    resources      text        not null,
    functions      text        not null,
    overrides      text        not null,
    single         boolean     not null,
    duration       text        not null,
    reason         text        not null check (length(reason) between 1 and 2000),
    ticket         text        not null check (length(ticket) <= 200),
    approval       text        unique,
    policy_version bigint      not null,
    requested_at   timestamptz not null,
    starts_at      timestamptz,
    ends_at        timestamptz,
    ended_at       timestamptz,
    ended_by       text,
    ended_reason   text        not null default '' check (length(ended_reason) <= 2000),
    uses           bigint      not null default 0,
    first_use      timestamptz,
    last_use       timestamptz,
    last_session   text,
    last_command   bigint,
    reviewers      text,
    review_within  text,
    review_due     timestamptz,
    reviewed_at    timestamptz,
    reviewed_by    text,
    finding        text        check (finding in ('JUSTIFIED', 'NOT_JUSTIFIED')),
    review         text        check (length(review) between 1 and 2000),
    reviewer_accounts text     not null default '',
    reviewed_accounts text     not null default '',
    shared         boolean     generated always as
        (string_to_array(reviewer_accounts, E'\n') && string_to_array(reviewed_accounts, E'\n')) stored,
    check ((kind = 'BREAK_GLASS') = (reviewers is not null)),
    check ((kind = 'GRANT') = (approval is not null)),
    check ((state in ('ACTIVE', 'USED', 'ENDED', 'REVOKED')) = (ends_at is not null)),
    check ((state in ('USED', 'ENDED', 'REVOKED')) = (ended_at is not null)),
    check ((reviewed_at is null) = (review is null)),
    check ((reviewed_at is null) = (finding is null)),
    -- one operation is one operation, whoever asks
    check (not single or uses <= 1)
);
comment on table access_grant is 'What somebody had beyond his roles for a time. Never deleted.';
comment on column access_grant.rule is 'The Eligibility or BreakGlass manifest by which.';
comment on column access_grant.approval is 'The id of the request that others decide; none for what was taken.';
comment on column access_grant.actions is 'One to a line, as resources, functions and overrides.';
comment on column access_grant.responsible is 'Every account of everybody who answered for the holder, one to a line: issuer, space, name.';
comment on column access_grant.shared is 'Whether somebody reviewed himself. The store finds it out from the sets; nobody can say it.';
create index access_grant_newest on access_grant (requested_at desc, id desc);
create index access_grant_of_principal on access_grant (principal_name, requested_at desc, id desc);
create index access_grant_of_subject on access_grant (issuer, subject, requested_at desc, id desc);
create index access_grant_active on access_grant (ends_at) where state = 'ACTIVE';
create index access_grant_over on access_grant (ended_at) where ended_at is not null;
create index access_grant_unreviewed on access_grant (issuer) where kind = 'BREAK_GLASS' and reviewed_at is null;
