-- file: 0001_a1b2.sql
BEGIN TRANSACTION;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE account (
    id INTEGER NOT NULL, 
    name VARCHAR(50) NOT NULL, 
    description NVARCHAR(200), 
    kind VARCHAR(7), 
    active BOOLEAN DEFAULT 1 NOT NULL, 
    created DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, 
    PRIMARY KEY (id), 
    CONSTRAINT ck_account_kind CHECK (kind IN ('free', 'paid', 'trial')), 
    CHECK (active IN (0, 1)), 
    CONSTRAINT uq_account_name UNIQUE (name)
);

CREATE INDEX ix_account_created ON account (created);

INSERT INTO alembic_version (version_num) VALUES ('a1b2');

COMMIT;
-- file: 0002_c3d4.sql
BEGIN TRANSACTION;
CREATE TABLE _alembic_tmp_account (
    id INTEGER NOT NULL, 
    name VARCHAR(80) NOT NULL, 
    kind VARCHAR(7), 
    active BOOLEAN DEFAULT 1 NOT NULL, 
    created DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL, 
    owner_id INTEGER, 
    PRIMARY KEY (id), 
    CONSTRAINT fk_account_owner FOREIGN KEY(owner_id) REFERENCES account (id) ON DELETE SET NULL, 
    CONSTRAINT uq_account_name UNIQUE (name)
);
INSERT INTO _alembic_tmp_account (id, name, kind, active, created) SELECT account.id, account.name, account.kind, account.active, account.created 
FROM account;
DROP TABLE account;
ALTER TABLE _alembic_tmp_account RENAME TO account;
CREATE INDEX ix_account_created ON account (created);
CREATE INDEX ix_account_owner_id ON account (owner_id);
UPDATE alembic_version SET version_num='c3d4' WHERE alembic_version.version_num = 'a1b2';
COMMIT;
