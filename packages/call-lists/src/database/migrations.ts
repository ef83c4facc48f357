// What the schema is made of, in order. A migration that a release has had is never changed: a new one follows it.

/** The schema that everything of this package is in. */
export const SCHEMA = "sipgate_call";

const FIRST = `
create schema ${SCHEMA};
set local search_path = ${SCHEMA};

create table migration (
  version integer primary key,
  applied_at timestamptz not null default now()
);

-- The time for everything between machines. Tests replace this function to move the clock.
create function moment() returns timestamptz language sql stable as 'select statement_timestamp()';

-- Records of idempotency keys: the store of sipgate-call that all machines share.
create table idempotency (
  key text primary key,
  version bigint not null,
  record jsonb not null
);

-- One row: the sipgate account. Whoever marks a contact as being dialled, or notes an objection, locks it first.
create table account (
  id integer primary key default 1 check (id = 1),
  -- Makes the hashes of numbers that stay when a number is deleted.
  number_secret uuid not null default gen_random_uuid(),
  calls_per_second numeric not null default 1 check (calls_per_second > 0),
  calls_at_once integer not null default 10 check (calls_at_once > 0),
  calls_per_day integer not null default 1000 check (calls_per_day > 0),
  -- No call starts before this moment: the last call's start and the rate, or sipgate's 429.
  next_call_at timestamptz not null default '-infinity'
);
insert into account default values;

create table list (
  id bigint generated always as identity primary key,
  name text not null unique,
  state text not null default 'running' check (state in ('running', 'paused', 'stopped')),
  -- The number that callees see. Null: the agent's own setting.
  caller_id text,
  -- What differs from the default rules.
  rules jsonb not null default '{}',
  -- Days that a contact is kept after its last attempt. Null: until it's deleted by hand.
  retention_days integer default 90 check (retention_days > 0),
  webhook_url text,
  webhook_secret text,
  created_at timestamptz not null default now()
);

-- What an agent may say of a call, and what follows from it.
create table disposition (
  list_id bigint not null references list on delete cascade,
  name text not null,
  effect text not null check (effect in ('done', 'retry', 'call-back', 'do-not-call')),
  primary key (list_id, name)
);

create table agent (
  id bigint generated always as identity primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);

create table contact (
  id bigint generated always as identity primary key,
  list_id bigint not null references list on delete cascade,
  -- E.164, such as +493023125000.
  number text not null,
  -- HMAC-SHA-256 of the number under account.number_secret: 32 bytes.
  number_key bytea not null,
  name text,
  company text,
  notes text,
  -- Whatever else the file had, by column.
  extra jsonb,
  -- ISO 3166-2 without the country, such as BY. Null: unknown.
  region text,
  -- IANA name. Null: that of the number's country.
  time_zone text,
  priority smallint not null default 0,
  -- waiting: to be called, once due. dialling: marked, see attempt. unknown: a person has to look. done: called, or given up.
  state text not null default 'waiting' check (state in ('waiting', 'dialling', 'unknown', 'done')),
  -- Why it's done, if no call led to it: the name of a rule.
  done_because text,
  -- When it's handed out. While an agent holds it, this is the end of the lease: then it comes back by itself.
  due_at timestamptz not null default '-infinity',
  lease uuid,
  -- Of an agent. Without a foreign key, which would take a query for each contact that is handed out.
  leased_by bigint,
  -- When the callee asked to be called.
  call_back_at timestamptz,
  created_at timestamptz not null default now(),
  -- Once in a list; and by number over all lists.
  unique (number_key, list_id)
);
create index contact_waiting on contact (list_id, (call_back_at is null), priority desc, due_at, id)
  where state = 'waiting';
create index contact_unknown on contact (list_id) where state = 'unknown';

create table attempt (
  id uuid primary key default gen_random_uuid(),
  list_id bigint not null references list on delete cascade,
  contact_id bigint references contact on delete set null,
  agent_id bigint references agent,
  number_key bytea not null,
  started_at timestamptz not null,
  -- dialling: under way. not-dialled: surely nothing rang. ended: see cause. unknown: a person has to look.
  state text not null default 'dialling' check (state in ('dialling', 'not-dialled', 'ended', 'unknown')),
  -- The process that is at it gives signs of life until then.
  alive_until timestamptz not null,
  call_id text,
  ended_at timestamptz,
  cause text,
  party text,
  duration_seconds integer,
  error text,
  disposition text,
  note text,
  -- When a person has looked at an unknown one.
  reviewed_at timestamptz
);
create index attempt_running on attempt (alive_until) where state = 'dialling';
create index attempt_agent on attempt (agent_id, started_at);
create index attempt_number on attempt (number_key, started_at);
create index attempt_started on attempt (started_at);
create index attempt_contact on attempt (contact_id, started_at);

-- Who objects to being called: the number's key only, so that it outlives the number.
create table do_not_call (
  number_key bytea primary key,
  added_at timestamptz not null default now(),
  reason text
);

-- The proof that a callee agreed.
create table consent (
  id bigint generated always as identity primary key,
  number text not null,
  number_key bytea not null,
  given_at timestamptz not null,
  how text not null,
  purpose text not null,
  words text not null,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  unique (number_key, given_at, purpose)
);

-- Events on their way to a URL of the team's own.
create table outbox (
  id uuid primary key default gen_random_uuid(),
  list_id bigint not null references list on delete cascade,
  attempt_id uuid not null references attempt on delete cascade,
  type text not null,
  body jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  last_problem text,
  taken_at timestamptz
);
create index outbox_due on outbox (due_at) where taken_at is null;
`;

/** The first one is version 1. */
export const MIGRATIONS: readonly string[] = [FIRST];
