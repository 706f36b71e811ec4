SET statement_timeot = '5s';
