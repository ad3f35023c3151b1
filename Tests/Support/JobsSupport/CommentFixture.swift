import Platform
import Postgres
package import StandIns
import Testing

/// Comments with their events and jobs, as `record()` leaves them.
extension JobsFixture {
    /// A new comment whose job is for an action.
    package func comment(_ id: String, _ text: String, deleted: Bool = false, action: String = "moderate") throws {
        _ = try superuser.query(
            """
            with c as (
                insert into comments (source, comment_id, provider, comment_data, extra, clocks, last_event_id,
                    last_event_received_at)
                values ('shop', $1, 'tiktok_comments_guide',
                    jsonb_build_object('text', $2::text, 'video_id', 'v1', 'deleted', $3::boolean), '{}', '{}', 1, now())
                on conflict (source, comment_id, shop_key) do update set updated_at = now()
                returning id),
            e as (
                insert into events (id, received_at, source, provider, provider_type, type, disposition, verification,
                    scheme, request_id, remote_addr, method, path, query, headers, body, record_kind, record_row)
                select nextval('event_ids'), now(), 'shop', 'tiktok_comments_guide', 'video_comment_created',
                    'comment.created', 'created', 'signature', 'test', 'r', '127.0.0.1', 'POST', '/webhook', '', '[]',
                    '{}', 'comment', c.id from c
                returning id, received_at)
            insert into jobs (action, kind, rule, event_id, event_received_at)
            select $4, 'moderate_comment', 'rule-1', id, received_at from e
            """, [.text(id), .text(text), .boolean(deleted), .text(action)])
        try superuser.execute(
            """
            update comments c set last_event_id = e.id, last_event_received_at = e.received_at
            from events e where e.record_row = c.id and e.id = (select max(id) from events where record_row = c.id)
            """)
    }

    /// The sender says that a comment is gone.
    package func senderDeletes(_ id: String) throws {
        _ = try superuser.query(
            "update comments set comment_data = comment_data || '{\"deleted\": true}' where comment_id = $1",
            [.text(id)])
    }
}

/// The lines of `actions:` that moderate at the stand-ins.
package enum Moderation {
    package static func business(_ standIns: StandIns, _ more: String = "") -> String {
        "moderate: { kind: moderate_comment, business_id: \"7000\", access_token: { env: TOKEN }, "
            + "base_url: \"\(standIns.url)/business\", timeout: 1s, backoff: 10ms\(more) }"
    }

    package static func guide(_ standIns: StandIns, _ more: String = "") -> String {
        "moderate: { kind: moderate_comment, api: guide, access_token: { env: TOKEN }, "
            + "base_url: \"\(standIns.url)/guide\", timeout: 1s, backoff: 10ms\(more) }"
    }
}
