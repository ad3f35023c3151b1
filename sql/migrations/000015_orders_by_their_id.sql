-- People ask for an order by its id alone. With the id before the source one index serves them and the door alike.
alter table orders drop constraint orders_source_order_id_key, add unique (order_id, source);
