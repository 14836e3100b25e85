-- One row a usage journal of a node; every report up to acked_seq is committed.
create table journal (
  journal_id      text   primary key,
  node            text   not null,
  acked_seq       bigint not null default 0 check (acked_seq >= 0),
  wall_unix_nanos bigint not null default 0
);

-- Hash of what was committed under a sequence number, to tell a repetition from a contradiction.
create table report (
  journal_id   text        not null references journal,
  seq          bigint      not null check (seq > 0),
  content_hash bytea       not null,
  received_at  timestamptz not null default now(),
  primary key (journal_id, seq)
);

-- held_nanos is what was accepted (and so billed); reported_held_nanos is what the node said last, accepted or not.
create table lease (
  journal_id          text    not null references journal,
  lease_id            text    not null,
  epoch               bigint  not null,
  account             text    not null,
  owner               text    not null,
  flavor              text    not null,
  catalog_version     text    not null,
  devices             text[]  not null,
  started_unix_nanos  bigint  not null,
  until_unix_nanos    bigint  not null,
  held_nanos          bigint  not null check (held_nanos >= 0),
  ended               boolean not null,
  reported_held_nanos bigint  not null,
  reported_ended      boolean not null,
  busy_nanos          bigint  not null,
  energy_millijoules  bigint  not null,
  primary key (journal_id, lease_id)
);
create index lease_account on lease (account);

-- Accepted held time of a lease in one UTC day. The rows of a lease add up to lease.held_nanos.
create table usage_day (
  journal_id text   not null,
  lease_id   text   not null,
  day        date   not null,
  held_nanos bigint not null check (held_nanos > 0),
  primary key (journal_id, lease_id, day),
  foreign key (journal_id, lease_id) references lease
);

-- Timeline totals of a device as last reported.
create table device (
  journal_id     text   not null references journal,
  device         text   not null,
  model          text   not null,
  held_nanos     bigint not null,
  idle_nanos     bigint not null,
  draining_nanos bigint not null,
  unknown_nanos  bigint not null,
  wall_nanos     bigint not null,
  held_by        text[] not null,
  primary key (journal_id, device)
);

-- What contradicted the committed state: one row for each contradiction, however often it is repeated.
create table quarantine (
  journal_id text        not null,
  about      text        not null,
  reason     text        not null,
  first_seq  bigint      not null,
  last_seq   bigint      not null,
  detail     text        not null,
  content    bytea       not null,
  seen_at    timestamptz not null default now(),
  primary key (journal_id, about, reason)
);

create table price (
  flavor             text        not null,
  catalog_version    text        not null,
  micro_usd_per_hour bigint      not null check (micro_usd_per_hour >= 0),
  learned_at         timestamptz not null default now(),
  primary key (flavor, catalog_version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused; a new price needs a new catalog version', tg_table_name, tg_op;
end $$;
create trigger price_append_only before update or delete or truncate on price
  for each statement execute function refuse_change();

-- Access tokens by SHA-256; the token itself is never stored.
create table token (
  token_hash bytea       primary key,
  label      text        not null unique,
  account    text        not null,
  admin      boolean     not null,
  created_at timestamptz not null default now()
);
