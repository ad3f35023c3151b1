-- A body may hold any bytes; a view must still show it.
create or replace function body_text(body bytea) returns text
language plpgsql immutable parallel safe as $$
begin
    return convert_from(body, 'UTF8');
exception when others then
    return encode(body, 'escape');
end
$$;
comment on function body_text is 'A body as text; bytes that are not UTF-8 in escape form.';
