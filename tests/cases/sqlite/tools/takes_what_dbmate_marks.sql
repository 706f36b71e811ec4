-- file: 0001_jobs.sql
-- migrate:up
create table jobs (
  id text primary key default (lower(hex(randomblob(16)))),
  queue text not null default 'default',
  payload text not null check (json_valid(payload)),
  state text not null default 'ready' check (state in ('ready', 'running', 'done', 'failed')),
  attempts integer not null default 0,
  run_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) strict;
create index jobs_ready on jobs (queue, run_at) where state = 'ready';
-- file: 0002_log.sql
-- migrate:up
create table job_log (
  job_id text not null references jobs (id) on delete cascade,
  at text not null default current_timestamp,
  message text not null
) strict;
create trigger jobs_log after update of state on jobs
when old.state is not new.state
begin
  insert into job_log (job_id, message) values (new.id, format('%s -> %s', old.state, new.state));
end;
create view job_counts as
select queue, state, count(*) as n, max(attempts) filter (where state = 'failed') as worst
from jobs group by queue, state;
