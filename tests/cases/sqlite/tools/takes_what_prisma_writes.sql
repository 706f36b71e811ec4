-- file: 0001_init.sql
-- CreateTable
CREATE TABLE "Member" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "displayName" TEXT,
    "joinedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "balance" DECIMAL NOT NULL DEFAULT 0,
    "settings" JSONB,
    "isActive" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "Article" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "views" BIGINT NOT NULL DEFAULT 0,
    "writerId" INTEGER NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Article_writerId_fkey" FOREIGN KEY ("writerId") REFERENCES "Member" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "_ArticleToLabel" (
    "A" TEXT NOT NULL,
    "B" INTEGER NOT NULL,
    CONSTRAINT "_ArticleToLabel_A_fkey" FOREIGN KEY ("A") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "_ArticleToLabel_B_fkey" FOREIGN KEY ("B") REFERENCES "Label" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Label" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");

-- CreateIndex
CREATE UNIQUE INDEX "_ArticleToLabel_AB_unique" ON "_ArticleToLabel"("A", "B");

-- CreateIndex
CREATE INDEX "_ArticleToLabel_B_index" ON "_ArticleToLabel"("B");
-- file: 0002_redefine.sql
/*
  Warnings:

  - You are about to drop the column `displayName` on the `Member` table.
  - Added the required column `handle` to the `Member` table without a default value.

*/
-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Member" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "joinedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "balance" DECIMAL NOT NULL DEFAULT 0,
    "settings" JSONB,
    "isActive" BOOLEAN NOT NULL DEFAULT true
);
INSERT INTO "new_Member" ("balance", "email", "id", "isActive", "joinedAt", "settings", "handle") SELECT "balance", "email", "id", "isActive", "joinedAt", "settings", coalesce("displayName", 'nobody') AS "handle" FROM "Member";
DROP TABLE "Member";
ALTER TABLE "new_Member" RENAME TO "Member";
CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");
CREATE UNIQUE INDEX "Member_handle_key" ON "Member"("handle");
PRAGMA foreign_key_check("Member");
PRAGMA foreign_key_check;
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
-- file: 0003_implicit.sql
-- RedefineIndex
DROP INDEX "_ArticleToLabel_AB_unique";
CREATE UNIQUE INDEX "_ArticleToLabel_AB" ON "_ArticleToLabel"("A", "B");
-- DropIndex
DROP INDEX "Member_handle_key";
-- AlterTable
ALTER TABLE "Label" ADD COLUMN "colour" TEXT;
ALTER TABLE "Label" ADD COLUMN "rank" REAL NOT NULL DEFAULT 1.0;
