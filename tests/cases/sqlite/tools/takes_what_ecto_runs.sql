-- file: 0001_oban.sql
CREATE TABLE "events" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "state" TEXT DEFAULT 'available' NOT NULL, "args" JSON DEFAULT ('{}') NOT NULL, "errors" TEXT DEFAULT ('[]') NOT NULL, "inserted_at" TEXT DEFAULT CURRENT_TIMESTAMP NOT NULL, "user_id" INTEGER NULL CONSTRAINT "events_user_id_fkey" REFERENCES "users"("id") ON DELETE CASCADE, "kind" TEXT NOT NULL CONSTRAINT known CHECK (kind IN ('in', 'out')));
CREATE TABLE "users" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "email" TEXT COLLATE NOCASE NOT NULL, "hashed_password" BLOB NOT NULL, "inserted_at" TEXT_DATETIME NOT NULL);
CREATE UNIQUE INDEX "users_email_index" ON "users" ("email");
CREATE INDEX "events_state_id_index" ON "events" ("state", "id" DESC);
-- file: 0002_rename.sql
ALTER TABLE "events" RENAME COLUMN "args" TO "payload";
ALTER TABLE "events" ADD COLUMN "tags" TEXT DEFAULT ('[]') NOT NULL;
ALTER TABLE "events" RENAME TO "jobs";
