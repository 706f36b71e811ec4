-- file: 0001_history.sql
create table if not exists history (
	id text primary key,
	timestamp integer not null,
	duration integer not null,
	exit integer not null,
	command text not null,
	cwd text not null,
	session text not null,
	hostname text not null,

	unique(timestamp, cwd, command)
);
create index if not exists idx_history_timestamp on history(timestamp);
create index if not exists idx_history_command on history(command);
-- file: 0002_deleted.sql
alter table history add column deleted_at integer;
create index if not exists idx_history_command_timestamp on history(command, timestamp);
-- file: 0003_store.sql
create table if not exists store (
  id text primary key,
  idx integer,
  host text not null,
  tag text not null,
  timestamp integer not null,
  version text not null,
  data blob not null,
  cek blob not null
);
create unique index record_uniq ON store(host, tag, idx);
drop index if exists idx_history_command;
create view recent as select *, exit = 0 as ok, "timestamp" / 1000000000 as seconds from history where deleted_at is null;
