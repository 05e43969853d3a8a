-- Four eyes on the gateway itself, and the proof that they were two persons'.

alter table policy_change
    drop constraint policy_change_state_check,
    add constraint policy_change_state_check check (state in
        ('PROPOSED', 'CONFIRMED', 'SUPERSEDED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')),
    add column reason         text not null default '' check (length(reason) <= 2000),
    add column ticket         text not null default '' check (length(ticket) <= 200),
    add column expires_at     timestamptz,
    add column reverts        bigint references policy_change (version),
    add column closer_issuer  text,
    add column closer_subject text,
    add column closer_name    text,
    add column closed_at      timestamptz,
    add column closed_reason  text not null default '' check (length(closed_reason) <= 2000),
    add column author_accounts    text not null default '',
    add column confirmer_accounts text not null default '',
    add check ((state in ('REJECTED', 'WITHDRAWN', 'EXPIRED')) = (closed_at is not null));
comment on column policy_change.reason is 'Why the author wants it; empty for what was proposed before reasons were asked for.';
comment on column policy_change.reverts is 'The version of the confirmed change whose inverse this is.';
comment on column policy_change.author_accounts is 'Every account of the author when it was confirmed, one to a line: issuer, space, name.';
update policy_change set expires_at = now() + interval '14 days' where state = 'PROPOSED';
create index policy_change_overdue on policy_change (expires_at) where state = 'PROPOSED';
create index policy_change_confirmed on policy_change (confirmed_at desc, id desc) where state = 'CONFIRMED';
create index policy_change_entry_of_object on policy_change_entry (kind, name);

-- what a decision was tested against, kept so that anybody can test it again
alter table approval_decision
    add column accounts   text not null default '',
    add column requesters text not null default '',
    add column shared     boolean generated always as
        (string_to_array(accounts, E'\n') && string_to_array(requesters, E'\n')) stored;
comment on column approval_decision.shared is 'Whether somebody is on both sides. The store finds it out from the sets; nobody can say it.';
comment on column approval_decision.accounts is 'Every account of whoever decided, one to a line: issuer, space, name.';
comment on column approval_decision.requesters is 'Every account of everybody who answered for the request when it was decided, likewise.';

create table refused_attempt (
    id      uuid        primary key,
    at      timestamptz not null,
    issuer  text        not null,
    subject text        not null,
    name    text        not null,
    agent   boolean     not null,
    attempt text        not null,
    object  text        not null,
    reason  text        not null,
    message text        not null
);
comment on table refused_attempt is 'Who wanted to countersign or change something and was refused. Never deleted.';
comment on column refused_attempt.object is 'The id of the approval or change, or kind and name of a policy object.';
create index refused_attempt_newest on refused_attempt (at desc, id desc);
create index refused_attempt_of_name on refused_attempt (name, at desc, id desc);

alter table session add column responsible text not null default '';
comment on column session.responsible is 'Every account of everybody who answered for the principal when it opened, one to a line: issuer, space, name. Empty for what opened before this was kept.';
