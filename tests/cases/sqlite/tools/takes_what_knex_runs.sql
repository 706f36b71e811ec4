-- file: 0001_init.sql
create table `tenants` (`id` integer not null primary key autoincrement, `name` varchar(255) not null, `plan` text check (`plan` in ('free', 'pro')) default 'free', `created_at` datetime default CURRENT_TIMESTAMP);
create unique index `tenants_name_unique` on `tenants` (`name`);
create table `devices` (`id` char(36), `tenant_id` integer, `info` json, `seen` boolean default '0', foreign key(`tenant_id`) references `tenants`(`id`) on delete CASCADE, primary key (`id`));
create index `devices_tenant_id_index` on `devices` (`tenant_id`);
-- file: 0002_alter.sql
PRAGMA foreign_keys = OFF;
CREATE TABLE `_knex_temp_alter417` (`id` char(36), `tenant_id` integer, `info` json, foreign key(`tenant_id`) references `tenants`(`id`) on delete CASCADE, primary key (`id`));
INSERT INTO "_knex_temp_alter417" SELECT "id", "tenant_id", "info" FROM "devices";
DROP TABLE "devices";
ALTER TABLE "_knex_temp_alter417" RENAME TO "devices";
CREATE INDEX `devices_tenant_id_index` on `devices` (`tenant_id`);
PRAGMA foreign_keys = ON;
alter table `devices` add column `label` varchar(40) not null default '';
alter table `devices` rename `label` to `caption`;
