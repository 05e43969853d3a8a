-- What an agent's secret and its permissions are still worth.

alter table credential add column token bytea;
alter table credential add column token_issued_at timestamptz;
comment on column credential.token is 'The token it was made with, sealed with a key that is not in the store; null where nobody asks the identity provider about tokens.';
comment on column credential.token_issued_at is 'Null for one that was made before this was kept.';

create table agent_rotation (
    id         uuid        primary key,
    issuer     text        not null,
    client     text        not null,
    reason     text        not null check (length(reason) between 1 and 2000),
    rotated_by text        not null,
    rotated_at timestamptz not null
);
comment on table agent_rotation is 'When the secret or key of an agent was changed: tokens issued before are worth nothing. Never deleted.';
create index agent_rotation_of_client on agent_rotation (issuer, client, rotated_at desc);

alter table principal add column first_seen timestamptz not null default now();
comment on column principal.first_seen is 'For one that was here before this was kept: when that began.';

create table permission_use (
    issuer    text        not null,
    client    text        not null,
    target    text        not null,
    action    text        not null,
    resource  text        not null,
    last_used timestamptz not null
);
comment on table permission_use is 'What agents were last let do, reads included, to find permissions that nobody uses. The recordings say more.';
-- a resource may be the signature of a function, which is longer than an index takes
create unique index permission_use_once on permission_use (issuer, client, target, action, md5(resource));
create index permission_use_latest on permission_use (issuer, last_used);
