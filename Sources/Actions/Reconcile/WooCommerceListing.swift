import Crypto
import JSON
import Outbound
import Webhooks

/// `GET /wp-json/wc/v3/orders` by `modified_after`, oldest first: first all orders that are not in the trash, then those in
/// it, which `status=any` leaves out.
///
/// Pages have numbers, and a change moves an order to the end, so that a later page would skip others. So a full page is
/// followed by the first page after its last time. Only orders of one second are paged by numbers.
/// Source: https://woocommerce.github.io/woocommerce-rest-api-docs/#list-all-orders
extension WooCommerceOrderAPI: RecordListing {
    /// The cursor: the list, the second after which it continues, the page.
    private struct Mark {
        var status = "any"
        var after: Int64
        var page: Int64 = 1

        var text: String { "\(status) \(after) \(page)" }

        init(_ place: ListingPlace) throws(ListingFault) {
            // The API takes what is later, not what is equal.
            after = place.since.seconds - 1
            guard let cursor = place.cursor else { return }
            let parts = cursor.split(separator: " ")
            guard parts.count == 3, let after = Int64(parts[1]), let page = Int64(parts[2]) else {
                throw .badAnswer("the stored page is not WooCommerce's")
            }
            status = String(parts[0])
            self.after = after
            self.page = page
        }
    }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        changes(of: "orders", place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try changes(listed, in: answer, at: place)
    }

    /// The request for a page.
    /// - Parameter name: the last part of the list's path.
    func changes(of name: String, _ place: ListingPlace, _ timeout: Duration) -> HTTPRequest {
        let mark = (try? Mark(place)) ?? (try? Mark(ListingPlace(since: place.since, until: place.until)))
        let after = Timestamp(seconds: mark?.after ?? 0) ?? place.since
        return page(
            of: name,
            [
                ("status", mark?.status ?? "any"), ("modified_after", after.rfc3339),
                ("modified_before", place.until.rfc3339), ("dates_are_gmt", "true"), ("orderby", "modified"),
                ("order", "asc"), ("page", String(mark?.page ?? 1)),
            ], timeout)
    }

    /// The request for a page of a list.
    func page(of name: String, _ query: [(String, String)], _ timeout: Duration) -> HTTPRequest {
        let text = (query + [("per_page", String(ListingPlace.pageSize))])
            .map { "\($0.0)=\(PercentText.encode($0.1))" }.joined(separator: "&")
        return getPage("\(base.withoutTrailingSlash)/wp-json/wc/v3/\(name)?\(text)", [authorization], timeout)
    }

    /// The page in an answer to that request.
    func changes(
        _ listed: Listed, in answer: JSONValue, at place: ListingPlace
    ) throws(ListingFault) -> ListingPage {
        guard let list = answer.array else { throw .badAnswer("the answer is no list") }
        var mark = try Mark(place)
        var entries: [ListedOrder] = []
        for entry in list {
            let time = Self.moment(entry["date_modified_gmt"])
            entries.append(try ListedOrder(entry, id: entry["id"], changedAt: time, of: listed))
        }
        if let last = entries.last, entries.count >= ListingPlace.pageSize {
            let after = last.changedAt.seconds - 1
            mark.page = after > mark.after ? 1 : mark.page + 1
            mark.after = max(after, mark.after)
            return ListingPage(orders: entries, next: mark.text)
        }
        guard mark.status == "any" else { return ListingPage(orders: entries) }
        mark.status = "trash"
        mark.after = place.since.seconds - 1
        mark.page = 1
        return ListingPage(orders: entries, next: mark.text, startsOver: true)
    }

    /// A time in GMT, without its zone.
    static func moment(_ time: JSONValue?) -> Timestamp? { time?.string.flatMap { Timestamp(rfc3339: $0 + "Z") } }

    func headers(of order: JSONValue, isNew: Bool) -> HeaderFields {
        Self.headers(of: kind, isNew: isNew)
    }

    static func headers(of kind: RecordKind, isNew: Bool) -> HeaderFields {
        let (name, verb) = (kind.rawValue, isNew ? "created" : "updated")
        return HeaderFields([
            ("x-wc-webhook-topic", "\(name).\(verb)"), ("x-wc-webhook-resource", name), ("x-wc-webhook-event", verb),
        ])
    }

    func webhookRequest(now: Timestamp, timeout: Duration) -> HTTPRequest? {
        get("\(base.withoutTrailingSlash)/wp-json/wc/v3/webhooks?per_page=100", [authorization], timeout)
    }

    func isWebhookOn(in answer: JSONValue) -> Bool? {
        answer.array.map { webhooks in
            webhooks.contains {
                $0["status"]?.string == "active" && $0["topic"]?.string?.hasPrefix("order.") == true
            }
        }
    }
}
