CREATE INDEX users_by_mail ON users (mail);
