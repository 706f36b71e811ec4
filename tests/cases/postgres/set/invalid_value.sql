SET lock_timeout = '5 parsecs';
