-- Prepaid credits, in micro-USD. What an account may spend is its balance less what is held for draws that are not charged yet.
create table credit_account (
  account text   primary key,
  balance bigint not null default 0 check (balance >= 0),
  held    bigint not null default 0 check (held >= 0 and held <= balance)
);

-- Double entry: each row takes an amount from one account and gives it to another, so all accounts together are always zero.
-- A reference is booked once.
create table credit_posting (
  id          bigint      generated always as identity primary key,
  reference   text        not null unique,
  from_ledger text        not null,
  to_ledger   text        not null check (to_ledger <> from_ledger),
  micro_usd   bigint      not null check (micro_usd > 0),
  booked_at   timestamptz not null default now()
);
create index credit_posting_from on credit_posting (from_ledger);
create index credit_posting_to on credit_posting (to_ledger);

create function refuse_posting_change() returns trigger language plpgsql as $$
begin
  raise exception 'credit_posting is append-only: % is refused; book the reverse', tg_op;
end $$;
create trigger credit_posting_append_only before update or delete or truncate on credit_posting
  for each statement execute function refuse_posting_change();

-- What became of a draw; the first answer stands. reserved 0: refused.
create table credit_hold (
  draw_id  text        primary key,
  account  text        not null,
  reserved bigint      not null check (reserved >= 0),
  pending  boolean     not null default false,
  charged  bigint      check (charged >= 0 and charged <= reserved),
  asked_at timestamptz not null default now()
);
create index credit_hold_open on credit_hold (account) where charged is null;
