create view product_list as
select p.id, p.source, p.product_id, p.name, p.sku, p.price, p.currency, p.quantity, i.quantity as quantity_left,
    p.status, p.deleted, p.product_data, p.created_at, p.updated_at
from products as p
left join (
    select source, product_id, shop_key, sum(quantity) as quantity from inventory group by source, product_id, shop_key
) as i on i.source = p.source and i.product_id = p.product_id and i.shop_key = p.shop_key;

comment on view product_list is 'Every product; deleted ones are marked.';
comment on column product_list.id is 'The row''s id.';
comment on column product_list.source is 'The configured sender.';
comment on column product_list.product_id is 'The product''s id as the provider writes it.';
comment on column product_list.name is 'The product''s name.';
comment on column product_list.sku is 'The shop''s own article number.';
comment on column product_list.price is 'The price per piece.';
comment on column product_list.currency is 'ISO 4217 code.';
comment on column product_list.quantity is 'How many are in stock, by the sender.';
comment on column product_list.quantity_left is 'How many of it and its variants are left, after sales since the last count.';
comment on column product_list.status is 'The sender''s own status word.';
comment on column product_list.deleted is 'Whether the sender deleted it.';
comment on column product_list.product_data is 'All normalized fields.';
comment on column product_list.created_at is 'When the first event about it was stored.';
comment on column product_list.updated_at is 'When it last changed.';

create view inventory_levels as
select i.id, i.source, i.product_id, i.variant_id, i.sku, p.name, i.counted, i.counted_at,
    i.quantity - coalesce(i.counted, 0) as moved, i.quantity, coalesce(p.deleted, false) as deleted, i.updated_at
from inventory as i
left join products as p on p.source = i.source and p.product_id = i.product_id and p.shop_key = i.shop_key;

comment on view inventory_levels is 'How many of every product and variant are left.';
comment on column inventory_levels.id is 'The row''s id.';
comment on column inventory_levels.source is 'The configured sender.';
comment on column inventory_levels.product_id is 'The product''s id as the provider writes it.';
comment on column inventory_levels.variant_id is 'The variant''s id as the provider writes it; empty for the product as a whole.';
comment on column inventory_levels.sku is 'The shop''s own article number.';
comment on column inventory_levels.name is 'The product''s name.';
comment on column inventory_levels.counted is 'The sender''s last count; null if there is none.';
comment on column inventory_levels.counted_at is 'The time of that count.';
comment on column inventory_levels.moved is 'Sales (negative) and returns since then.';
comment on column inventory_levels.quantity is 'The remaining quantity.';
comment on column inventory_levels.deleted is 'Whether the product was deleted.';
comment on column inventory_levels.updated_at is 'When it last changed.';

create view customer_list as
select id, source, customer_id, status, deleted, created_at, updated_at
from customers;

comment on view customer_list is 'Every customer without personal data: names and addresses are for the programs only.';
comment on column customer_list.id is 'The row''s id.';
comment on column customer_list.source is 'The configured sender.';
comment on column customer_list.customer_id is 'The customer''s id as the provider writes it.';
comment on column customer_list.status is 'The sender''s own status word.';
comment on column customer_list.deleted is 'Whether the sender deleted it or asked for its data to be redacted.';
comment on column customer_list.created_at is 'When the first event about it was stored.';
comment on column customer_list.updated_at is 'When it last changed.';

create view comment_list as
select id, source, comment_id, video_id, parent_comment_id, text, user_id, username, status, deleted, moderation,
    moderation_reason, moderated_at, moderated_by, written_at, created_at, updated_at
from comments;

comment on view comment_list is 'Every comment with its moderation; deleted ones are marked.';
comment on column comment_list.id is 'The row''s id.';
comment on column comment_list.source is 'The configured sender.';
comment on column comment_list.comment_id is 'The comment''s id as the provider writes it.';
comment on column comment_list.video_id is 'Its video.';
comment on column comment_list.parent_comment_id is 'The comment that it answers.';
comment on column comment_list.text is 'Its text.';
comment on column comment_list.user_id is 'The author''s id.';
comment on column comment_list.username is 'The author''s name as shown.';
comment on column comment_list.status is 'The sender''s own word for its state.';
comment on column comment_list.deleted is 'Whether it was deleted.';
comment on column comment_list.moderation is 'allow, review or delete; null without a decision.';
comment on column comment_list.moderation_reason is 'The reason.';
comment on column comment_list.moderated_at is 'The time of the decision.';
comment on column comment_list.moderated_by is 'Who decided: rules, or a person''s name.';
comment on column comment_list.written_at is 'When it was written, by the sender.';
comment on column comment_list.created_at is 'When the first event about it was stored.';
comment on column comment_list.updated_at is 'When the sender''s events last changed it.';

create view comment_review_queue as
select id, source, comment_id, video_id, text, username, moderation_reason as reason, moderated_at as waiting_since
from comments
where moderation = 'review' and not deleted
order by moderated_at;

comment on view comment_review_queue is 'Comments that wait for a person''s decision, oldest first.';
comment on column comment_review_queue.id is 'The row''s id.';
comment on column comment_review_queue.source is 'The configured sender.';
comment on column comment_review_queue.comment_id is 'The comment''s id as the provider writes it.';
comment on column comment_review_queue.video_id is 'Its video.';
comment on column comment_review_queue.text is 'Its text.';
comment on column comment_review_queue.username is 'The author''s name as shown.';
comment on column comment_review_queue.reason is 'Why the rules could not decide.';
comment on column comment_review_queue.waiting_since is 'The start of its wait.';

create view conversation_messages as
select m.id, m.conversation_id, c.source, k.customer_id, c.channel, m.role, m.message_type, m.content, o.order_id,
    m.created_at, m.delivered_at
from messages as m
join conversations as c on c.id = m.conversation_id
left join customers as k on k.id = m.customer_row
left join orders as o on o.id = m.order_row;

comment on view conversation_messages is 'Every message to and from customers, in the order of id.';
comment on column conversation_messages.id is 'The row''s id.';
comment on column conversation_messages.conversation_id is 'The conversation.';
comment on column conversation_messages.source is 'The customer''s source.';
comment on column conversation_messages.customer_id is 'The customer''s id as the provider writes it.';
comment on column conversation_messages.channel is 'The channel.';
comment on column conversation_messages.role is 'The speaker: assistant, user or system.';
comment on column conversation_messages.message_type is 'The kind of content, such as text.';
comment on column conversation_messages.content is 'The text.';
comment on column conversation_messages.order_id is 'The order it is about, as the provider writes it.';
comment on column conversation_messages.created_at is 'When it was written.';
comment on column conversation_messages.delivered_at is 'When it was delivered; null when it was not.';

-- The same for products, customers and comments as order_events is for orders.
create view record_events as
select e.record_kind as kind, e.record_row, e.source,
    coalesce(p.product_id, m.comment_id, c.customer_id) as record_id, e.id as event_id,
    e.received_at, f.key as field,
    case when e.record_kind <> 'customer' and e.disposition <> 'created' then f.value -> 0 end as old,
    case when e.record_kind = 'customer' then null when e.disposition = 'created' then f.value else f.value -> 1 end
        as new
from (
    select e.source, e.id, e.received_at, e.record_kind, e.record_row, e.disposition, e.changes
    from events as e where e.record_row is not null
    union all
    select e.source, r.event_id, r.event_received_at, r.record_kind, r.record_row, r.disposition, r.changes
    from event_records as r
    join events as e on e.received_at = r.event_received_at and e.id = r.event_id
    where r.record_kind <> 'order'
) as e
left join products as p on e.record_kind = 'product' and p.id = e.record_row
left join customers as c on e.record_kind = 'customer' and c.id = e.record_row
left join comments as m on e.record_kind = 'comment' and m.id = e.record_row
cross join lateral jsonb_each(e.changes) as f;

comment on view record_events is 'The field history of products, customers and comments: a row per event and field that visibly changed. For customers only the fields, not their values.';
comment on column record_events.kind is 'product, customer or comment.';
comment on column record_events.record_row is 'The row of that record.';
comment on column record_events.source is 'The configured sender.';
comment on column record_events.record_id is 'The record''s id as the provider writes it.';
comment on column record_events.event_id is 'The event that changed it.';
comment on column record_events.received_at is 'When that event was received.';
comment on column record_events.field is 'The field; with the prefix extra. if the ledger does not know it.';
comment on column record_events.old is 'Its value before; null if it had none.';
comment on column record_events.new is 'Its value after.';
