CREATE TABLE a_table_with_a_name_that_is_very_long_indeed_as_names_go (
    id serial PRIMARY KEY,
    a_column_with_a_name_that_is_very_long_indeed_as_names_of_columns_go text UNIQUE
        CHECK (a_column_with_a_name_that_is_very_long_indeed_as_names_of_columns_go <> '')
);
