-- file: 0001_initial.sql
CREATE TABLE users (
  uuid                TEXT     NOT NULL PRIMARY KEY,
  created_at          DATETIME NOT NULL,
  email               TEXT     NOT NULL UNIQUE,
  password_hash       BLOB     NOT NULL,
  salt                BLOB     NOT NULL,
  totp_secret         TEXT,
  client_kdf_iter     INTEGER NOT NULL DEFAULT 100000
);
CREATE TABLE ciphers (
  uuid              TEXT     NOT NULL PRIMARY KEY,
  user_uuid         TEXT REFERENCES users (uuid),
  folder_uuid       TEXT REFERENCES folders (uuid),
  atype             INTEGER  NOT NULL,
  data              TEXT     NOT NULL,
  favorite          BOOLEAN  NOT NULL
);
CREATE TABLE folders (
  uuid       TEXT     NOT NULL PRIMARY KEY,
  user_uuid  TEXT     NOT NULL REFERENCES users (uuid),
  name       TEXT     NOT NULL
);
-- file: 0002_folder_ciphers.sql
CREATE TABLE folders_ciphers (
  cipher_uuid TEXT NOT NULL REFERENCES ciphers (uuid),
  folder_uuid TEXT NOT NULL REFERENCES folders (uuid),
  PRIMARY KEY (cipher_uuid, folder_uuid)
);
INSERT INTO folders_ciphers (cipher_uuid, folder_uuid)
SELECT uuid, folder_uuid FROM ciphers WHERE folder_uuid IS NOT NULL;
PRAGMA foreign_keys = OFF;
ALTER TABLE ciphers RENAME TO oldCiphers;
CREATE TABLE ciphers (
  uuid              TEXT     NOT NULL PRIMARY KEY,
  user_uuid         TEXT REFERENCES users (uuid),
  atype             INTEGER  NOT NULL,
  data              TEXT     NOT NULL,
  favorite          BOOLEAN  NOT NULL
);
INSERT INTO ciphers (uuid, user_uuid, atype, data, favorite)
SELECT uuid, user_uuid, atype, data, favorite FROM oldCiphers;
DROP TABLE oldCiphers;
PRAGMA foreign_keys = ON;
-- file: 0003_again.sql
ALTER TABLE folders_ciphers RENAME TO fc_old;
CREATE TABLE folders_ciphers (
  cipher_uuid TEXT NOT NULL REFERENCES ciphers (uuid),
  folder_uuid TEXT NOT NULL REFERENCES folders (uuid),
  PRIMARY KEY (cipher_uuid, folder_uuid)
);
INSERT INTO folders_ciphers SELECT * FROM fc_old;
DROP TABLE fc_old;
