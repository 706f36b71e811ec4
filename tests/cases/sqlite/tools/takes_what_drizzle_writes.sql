-- file: 0000_warm_quill.sql
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`kind` text DEFAULT 'oauth' NOT NULL,
	`meta` text DEFAULT '{"a":[]}' NOT NULL,
	`created_at` integer DEFAULT (unixepoch()) NOT NULL,
	`expires_at` integer DEFAULT (strftime('%s','now') + 3600),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text,
	`score` real DEFAULT 0.5
);
--> statement-breakpoint
CREATE TABLE `members` (
	`team` text NOT NULL,
	`user` text NOT NULL,
	PRIMARY KEY(`team`, `user`),
	FOREIGN KEY (`user`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "team_not_empty" CHECK("members"."team" <> '')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_lower` ON `users` (lower("email"));--> statement-breakpoint
CREATE INDEX `accounts_live` ON `accounts` (`user_id`) WHERE "accounts"."kind" = 'oauth';--> statement-breakpoint
CREATE VIEW `active` AS select "id", "email" from "users" where "users"."name" is not null;
-- file: 0001_calm_otter.sql
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_accounts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text,
	`kind` text DEFAULT 'oauth' NOT NULL,
	`created_at` integer DEFAULT (unixepoch()) NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
INSERT INTO `__new_accounts`("id", "user_id", "kind", "created_at") SELECT "id", "user_id", "kind", "created_at" FROM `accounts`;--> statement-breakpoint
DROP TABLE `accounts`;--> statement-breakpoint
ALTER TABLE `__new_accounts` RENAME TO `accounts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
ALTER TABLE `users` ADD `locale` text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `full` text GENERATED ALWAYS AS ("name" || ' <' || "email" || '>') VIRTUAL;--> statement-breakpoint
DROP INDEX "users_email_lower";--> statement-breakpoint
ALTER TABLE `users` ADD `team_id` text REFERENCES members(user);--> statement-breakpoint
DROP VIEW `active`;
-- file: 0002_unique.sql
ALTER TABLE `users` RENAME COLUMN "score" TO "rating";--> statement-breakpoint
CREATE UNIQUE INDEX `members_user` ON `members` (`user`);
