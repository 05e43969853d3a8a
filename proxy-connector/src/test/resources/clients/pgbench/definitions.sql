-- Functions that fail as other transactions would make them fail: twice before the third call succeeds, and always.
create sequence luck;
create function unlucky() returns bigint language plpgsql as $$
declare
    turn bigint := nextval('luck');
begin
    if turn % 3 <> 0 then
        raise exception 'could not serialize turn %', turn using errcode = '40001', hint = 'Try again.';
    end if;
    return turn;
end $$;
create function deadlocked() returns bigint language plpgsql as $$
begin
    raise exception 'deadlock of turn %', nextval('luck') using errcode = '40P01';
end $$;
