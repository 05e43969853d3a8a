-- How risky a held command was, and what principals used: of budgets, and of targets day by day.

alter table approval
    add column risk text not null default '';
comment on column approval.risk is 'Score and parts as JSON, as they were when the command was held; empty for older requests.';

create table used (
    issuer   text   not null,
    name     text   not null,
    kind     text   not null check (kind in ('ROLE_TASK', 'ROLE_DAY', 'TARGET_DAY')),
    subject  text   not null,
    period   text   not null,
    rows     bigint not null check (rows >= 0),
    bytes    bigint not null check (bytes >= 0),
    commands bigint not null check (commands >= 0),
    writes   bigint not null check (writes >= 0),
    last_at  timestamptz not null,
    primary key (issuer, name, kind, subject, period)
);
comment on table used is 'What a principal used: by role for its budgets, by target for what is usual. Every node adds what it counted.';
comment on column used.subject is 'The role or the target.';
comment on column used.period is 'The day (UTC) as 2026-11-22, or the task.';
create index used_last on used (last_at);
