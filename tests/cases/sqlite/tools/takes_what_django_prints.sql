-- file: 0001_initial.sql
BEGIN;
--
-- Create model Author
--
CREATE TABLE "shop_author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "uid" char(32) NOT NULL, "tags" text NOT NULL CHECK ((JSON_VALID("tags") OR "tags" IS NULL)), "weight" integer unsigned NOT NULL CHECK ("weight" >= 0), "rate" decimal NULL);
--
-- Create model Book
--
CREATE TABLE "shop_book" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "isbn" varchar(13) NOT NULL, "author_id" bigint NOT NULL REFERENCES "shop_author" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "shop_book_readers" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "book_id" bigint NOT NULL REFERENCES "shop_book" ("id") DEFERRABLE INITIALLY DEFERRED, "author_id" bigint NOT NULL REFERENCES "shop_author" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX "shop_book_readers_uniq" ON "shop_book_readers" ("book_id", "author_id");
CREATE INDEX "shop_book_author_id_1" ON "shop_book" ("author_id");
COMMIT;
-- file: 0002_alter.sql
BEGIN;
--
-- Add field pages to book
--
CREATE TABLE "new__shop_book" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pages" integer NOT NULL, "isbn" varchar(13) NOT NULL, "author_id" bigint NOT NULL REFERENCES "shop_author" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "new__shop_book" ("id", "isbn", "author_id", "pages") SELECT "id", "isbn", "author_id", 0 FROM "shop_book";
DROP TABLE "shop_book";
ALTER TABLE "new__shop_book" RENAME TO "shop_book";
CREATE INDEX "shop_book_author_id_1" ON "shop_book" ("author_id");
--
-- Create constraint isbn_13 on model book
--
CREATE TABLE "new__shop_book" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pages" integer NOT NULL, "isbn" varchar(13) NOT NULL, "author_id" bigint NOT NULL REFERENCES "shop_author" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "isbn_13" CHECK ("isbn" LIKE '978%' ESCAPE '\'));
INSERT INTO "new__shop_book" ("id", "pages", "isbn", "author_id") SELECT "id", "pages", "isbn", "author_id" FROM "shop_book";
DROP TABLE "shop_book";
ALTER TABLE "new__shop_book" RENAME TO "shop_book";
CREATE INDEX "shop_book_author_id_1" ON "shop_book" ("author_id");
CREATE UNIQUE INDEX "uniq_isbn_pages" ON "shop_book" ("isbn", "pages") WHERE "pages" > 0;
--
-- Rename field rate on author to fee
--
ALTER TABLE "shop_author" RENAME COLUMN "rate" TO "fee";
--
-- Rename model Author to Writer
--
ALTER TABLE "shop_author" RENAME TO "shop_writer";
COMMIT;
