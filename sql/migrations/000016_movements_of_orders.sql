-- A cancelled order gives back what was sold of it, whatever its lines say by then: found by the order.
create index inventory_movements_order on inventory_movements (order_row);
comment on column inventory_movements.movement_key is
    'What makes two movements the same: source, order, line (its id, else # and product/variant/sku/count), and sold or returned.';
