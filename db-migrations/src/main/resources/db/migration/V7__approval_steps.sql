-- Approvals in steps, with delegates and escalation.

alter table approval add column justification text not null default '';
comment on column approval.justification is 'Why it was asked for, in the words of the command.';
alter table approval add column escalates_at timestamptz;
comment on column approval.escalates_at is 'When further persons may decide, if it is still pending.';
alter table approval add column escalated_at timestamptz;
alter table approval add column execute_from timestamptz;
comment on column approval.execute_from is 'When an approved command may start; empty: at once.';
create index approval_to_escalate on approval (escalates_at)
    where state = 'PENDING' and escalated_at is null and escalates_at is not null;
create index approval_of_digest on approval (digest, requested_at desc, id desc);

alter table approval_decision add column step int not null default 0 check (step >= 0);
comment on column approval_decision.step is 'The step in which it counts; nobody counts in two.';
alter table approval_decision add column in_place_of text;
comment on column approval_decision.in_place_of is 'The approver who had delegated his decisions to this person.';

create table delegation (
    id         uuid        primary key,
    issuer     text        not null,
    delegator  text        not null,
    delegate   text        not null,
    reason     text        not null check (length(reason) <= 2000),
    created_at timestamptz not null,
    until      timestamptz not null,
    revoked_at timestamptz,
    revoked_by text,
    check (until > created_at),
    check (delegator <> delegate),
    check ((revoked_at is null) = (revoked_by is null))
);
comment on table delegation is 'Who decides in whose place, and how long.';
create index delegation_to on delegation (issuer, delegate, until) where revoked_at is null;
create index delegation_from on delegation (issuer, delegator, until) where revoked_at is null;
create index delegation_newest on delegation (created_at desc, id desc);

create table account_facts (
    issuer      text        not null,
    name        text        not null,
    manager     text        not null,
    realm_roles text        not null,
    groups      text        not null,
    issued_at   timestamptz not null,
    primary key (issuer, name)
);
comment on table account_facts is 'What the latest token of a person said about his duties.';
comment on column account_facts.realm_roles is 'One a line.';

create table approval_seen (
    approval uuid        not null references approval (id),
    issuer   text        not null,
    person   text        not null,
    first_at timestamptz not null,
    primary key (approval, issuer, person)
);
comment on table approval_seen is 'When somebody who could decide a request first opened it.';
create index approval_decision_newest on approval_decision (decided_at desc);
