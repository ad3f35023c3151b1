import JSON
import Outbound
import Providers
import Webhooks

/// Square's SearchCatalogObjects: the items that changed after a time, deleted ones too. Square's only webhook about them
/// (`catalog.version.updated`) names none, so every change is found by a comparison.
/// Source: https://developer.squareup.com/reference/square/catalog-api/search-catalog-objects
struct SquareProductAPI: RecordListing {
    let shop: SquareOrderAPI
    let provider: any Provider = RecordDetailProvider.squareProduct

    var kind: RecordKind { .product }
    var isToldByWebhooks: Bool { false }
    var base: String { shop.base }
    var listed: Listed { .records(kind, sorting: .anyOrder) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.search(
            "/v2/catalog/search",
            [
                "object_types": ["ITEM"], "include_deleted_objects": true,
                // The API takes what is later, not what is equal.
                "begin_time": .string(place.since.advanced(bySeconds: -1).rfc3339),
            ], place, timeout)
    }

    /// It has no end of the window.
    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try shop.page("objects", listed, in: answer, at: place)
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields { HeaderFields() }
}

/// Square's SearchCustomers by update time, in the order of their creation. Deleted ones are in no list.
/// Source: https://developer.squareup.com/reference/square/customers-api/search-customers
struct SquareCustomerAPI: RecordListing {
    let shop: SquareOrderAPI
    let provider: any Provider = RecordDetailProvider.squareCustomer

    var kind: RecordKind { .customer }
    var base: String { shop.base }
    var listed: Listed { .records(kind, sorting: .anyOrder) }

    func list(_ place: ListingPlace, now: Timestamp, timeout: Duration) -> HTTPRequest {
        shop.search(
            "/v2/customers/search",
            [
                "query": [
                    "filter": [
                        "updated_at": [
                            "start_at": .string(place.since.rfc3339), "end_at": .string(place.until.rfc3339),
                        ]
                    ], "sort": ["field": "CREATED_AT", "order": "ASC"],
                ]
            ], place, timeout)
    }

    func page(in answer: JSONValue, at place: ListingPlace) throws(ListingFault) -> ListingPage {
        try shop.page("customers", listed, in: answer, at: place)
    }

    func headers(of record: JSONValue, isNew: Bool) -> HeaderFields { HeaderFields() }
}
