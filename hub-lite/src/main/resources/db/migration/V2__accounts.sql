-- What is known of an account beyond its tokens; one without a row is free.
create table account (
  name text primary key,
  tier text not null check (tier in ('free', 'pro', 'team', 'enterprise'))
);
