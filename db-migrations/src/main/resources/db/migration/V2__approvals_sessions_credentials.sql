-- Who acts, what waits for people, and the index of sessions.

create table principal (
    issuer    text        not null,
    subject   text        not null,
    name      text        not null,
    agent     boolean     not null,
    owner     text        not null,
    last_seen timestamptz not null,
    primary key (issuer, subject),
    check (agent = (owner <> ''))
);
comment on table principal is 'What the latest token of everybody who opened a session said about him.';
comment on column principal.owner is 'Who answers for an agent; empty for a person.';
create index principal_agents on principal (issuer, lower(name)) where agent;

create table credential (
    id               text        primary key,
    username         text        not null unique,
    issuer           text        not null,
    subject          text        not null,
    principal        text        not null,
    target           text        not null,
    salt             bytea       not null,
    iterations       int         not null check (iterations >= 4096),
    stored_key       bytea       not null check (length(stored_key) = 32),
    server_key       bytea       not null check (length(server_key) = 32),
    created_at       timestamptz not null,
    expires_at       timestamptz not null,
    token_expires_at timestamptz not null,
    check (expires_at <= token_expires_at)
);
comment on table credential is 'SCRAM-SHA-256 verifiers; no password is kept.';
create index credential_of on credential (issuer, subject, expires_at);
create index credential_expiry on credential (expires_at);

create table session (
    id             uuid        primary key,
    node           text        not null,
    issuer         text        not null,
    subject        text        not null,
    principal_name text        not null,
    owner          text,
    on_behalf_of   text,
    principal      text        not null,
    target         text        not null,
    protocol       text        not null,
    address        text        not null,
    tls            boolean     not null,
    started_at     timestamptz not null,
    ended_at       timestamptz,
    end_reason     text,
    commands       bigint      not null default 0,
    denied         bigint      not null default 0,
    held           bigint      not null default 0,
    terminate_by   text,
    check ((ended_at is null) = (end_reason is null))
);
comment on table session is 'An index of the recordings: what happened is in the journal.';
comment on column session.node is 'The gateway node that has the connection.';
comment on column session.terminate_by is 'Who wants it to end; its node looks every second.';
create index session_newest on session (started_at desc, id desc);
create index session_of_principal on session (principal_name, started_at desc, id desc);
create index session_of_subject on session (issuer, subject, started_at desc, id desc);
create index session_of_owner on session (issuer, owner, started_at desc, id desc) where owner is not null;
create index session_on_behalf_of on session (issuer, on_behalf_of, started_at desc, id desc)
    where on_behalf_of is not null;
create index session_of_target on session (target, started_at desc, id desc);
create index session_denied on session (started_at desc, id desc) where denied > 0;
create index session_held on session (started_at desc, id desc) where held > 0;
create index session_open on session (node) where ended_at is null;

create table approval (
    id              uuid        primary key,
    version         bigint      not null,
    state           text        not null check (state in
        ('PENDING', 'APPROVED', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'EXECUTED', 'FAILED')),
    digest          text        not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
    deferred        boolean     not null,
    issuer          text        not null,
    subject         text        not null,
    principal_name  text        not null,
    owner           text,
    on_behalf_of    text,
    principal       text        not null,
    responsible     text        not null,
    target          text        not null,
    target_labels   text        not null,
    commands        text        not null,
    rules           text        not null,
    message         text        not null,
    requirement     text        not null,
    policy_version  bigint      not null,
    session         uuid        not null,
    session_address text        not null,
    requested_at    timestamptz not null,
    expires_at      timestamptz not null,
    execute_by      timestamptz,
    settled_reason  text        not null default '',
    check (expires_at > requested_at),
    check (state not in ('APPROVED', 'EXECUTED', 'FAILED') or execute_by is not null)
);
comment on column approval.responsible is 'The persons who answered for the requester when he asked.';
-- one open request for a deferred command: whoever sends it again finds it
create unique index approval_deferred_once on approval (issuer, subject, digest)
    where deferred and state in ('PENDING', 'APPROVED');
create index approval_newest on approval (requested_at desc, id desc);
create index approval_in_state on approval (state, requested_at desc, id desc);
create index approval_of_principal on approval (principal_name, requested_at desc, id desc);
create index approval_of_subject on approval (issuer, subject, requested_at desc, id desc);
create index approval_of_owner on approval (issuer, owner, requested_at desc, id desc) where owner is not null;
create index approval_on_behalf_of on approval (issuer, on_behalf_of, requested_at desc, id desc)
    where on_behalf_of is not null;
create index approval_of_target on approval (target, requested_at desc, id desc);
create index approval_of_session on approval (session) where state = 'PENDING';
create index approval_overdue_decision on approval (expires_at) where state = 'PENDING';
create index approval_overdue_execution on approval (execute_by) where state = 'APPROVED';

create table approval_decision (
    id         uuid        primary key,
    approval   uuid        not null references approval (id),
    issuer     text        not null,
    person     text        not null,
    kind       text        not null check (kind in ('APPROVE', 'REJECT')),
    reason     text        not null check (length(reason) <= 2000),
    decided_at timestamptz not null,
    unique (approval, issuer, person)
);
comment on constraint approval_decision_approval_issuer_person_key on approval_decision
    is 'A quorum counts distinct persons.';
