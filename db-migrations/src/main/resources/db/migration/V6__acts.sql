-- Who did what, for constraints that look back, and which side a task has taken.

create table act (
    id          bigint generated always as identity primary key,
    origin      uuid        not null,
    origin_kind text        not null check (origin_kind in ('SESSION', 'APPROVAL', 'CHANGE')),
    issuer      text        not null,
    person      text        not null,
    action      text        not null,
    resource    text        not null,
    target      text        not null,
    principal   text        not null,
    task        text        not null,
    command     bigint      not null,
    approval    uuid,
    first_at    timestamptz not null,
    last_at     timestamptz not null,
    check (last_at >= first_at)
);
comment on table act is 'What the gate let through beyond mere reads, and decisions of people; one row for each person who answers for it, and for each session or decision.';
comment on column act.resource is 'By the name of the target''s catalog; * for what could reach anything.';
comment on column act.target is 'Empty for a change of the policy.';
comment on column act.principal is 'The name it was done under.';
comment on column act.command is 'The number of the latest such command in its session; 0 for a decision.';
-- a resource may be the signature of a function, which is longer than an index takes
create unique index act_once on act (origin, issuer, person, action, md5(resource));
create index act_of_person on act (issuer, person, last_at desc);
create index act_newest on act (last_at desc, id desc);

create table task_side (
    issuer          text        not null,
    task            text        not null,
    constraint_name text        not null,
    sides           text        not null,
    since           timestamptz not null,
    taken_by        text        not null,
    primary key (issuer, task, constraint_name)
);
comment on table task_side is 'What is left of the sides of a dynamic constraint for the sessions of one task, on all nodes.';

alter table principal add column claims text;
create table principal_person (
    issuer        text not null,
    subject       text not null,
    person_issuer text not null,
    person        text not null,
    primary key (issuer, subject, person_issuer, person),
    foreign key (issuer, subject) references principal (issuer, subject) on delete cascade
);
comment on table principal_person is 'Who answers for a principal by its latest token.';
create index principal_of_person on principal_person (person_issuer, person);
comment on column principal.claims is 'The whole principal as its latest token said; null for one that was last seen before this was kept.';
