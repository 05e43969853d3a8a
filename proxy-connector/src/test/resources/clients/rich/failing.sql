create table sales.first_made (a integer);
insert into sales.first_made values (1), (2);
select count(*) from sales.first_made;
insert into sales.first_made values (1 / 0);
select 'behind the mistake' as told;
begin; insert into sales.first_made values (3); select no_such_column from sales.first_made; commit;
select count(*) from sales.first_made;
