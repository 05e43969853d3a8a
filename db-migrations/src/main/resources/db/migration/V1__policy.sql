-- The policy in force, and every change that made it.

create table policy_version (
    id      smallint primary key check (id = 1),
    version bigint   not null check (version >= 0)
);
comment on table policy_version is 'One row; locking it makes changes of policy happen one after the other.';
insert into policy_version (id, version) values (1, 0);

create table policy_object (
    kind     text   not null,
    name     text   not null,
    document text   not null,
    version  bigint not null,
    primary key (kind, name)
);
comment on column policy_object.document is 'Canonical YAML of the manifest.';
comment on column policy_object.version is 'The policy version that wrote it.';

create table policy_change (
    id                uuid        primary key,
    state             text        not null check (state in ('PROPOSED', 'CONFIRMED', 'SUPERSEDED')),
    source            text        not null,
    author_issuer     text        not null,
    author_subject    text        not null,
    author_name       text        not null,
    proposed_at       timestamptz not null,
    confirmer_issuer  text,
    confirmer_subject text,
    confirmer_name    text,
    confirmed_at      timestamptz,
    version           bigint      unique,
    superseded_by     bigint      references policy_change (version) deferrable initially deferred,
    check ((state = 'CONFIRMED') = (version is not null)),
    check ((state = 'CONFIRMED') = (confirmed_at is not null)),
    check ((state = 'SUPERSEDED') = (superseded_by is not null)),
    -- nobody countersigns himself: the services check the persons, the store at least the accounts
    check (confirmer_subject is null or (author_issuer, author_subject) <> (confirmer_issuer, confirmer_subject))
);
comment on column policy_change.superseded_by is 'The version that changed the same objects first.';
create index policy_change_newest on policy_change (proposed_at desc, id desc);
create index policy_change_open on policy_change (state) where state = 'PROPOSED';

create table policy_change_entry (
    change_id uuid not null references policy_change (id),
    position  int  not null,
    action    text not null check (action in ('create', 'change', 'remove')),
    kind      text not null,
    name      text not null,
    before    text not null,
    after     text not null,
    primary key (change_id, position)
);
