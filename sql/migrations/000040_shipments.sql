-- An order of Printify's is found by the id that it has there, and what was submitted of an order is found by its row.
create index effects_printed on effects (external_id) where kind = 'printify' and external_id is not null;
create index effects_printed_orders on effects (order_row) where kind = 'printify' and order_row is not null;
