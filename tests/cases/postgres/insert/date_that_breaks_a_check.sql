CREATE TABLE terms (
    starts date,
    ends date,
    CHECK (ends >= starts)
);

INSERT INTO terms VALUES ('March 1, 2020', '2020-02-29');
