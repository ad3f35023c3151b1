import JSON
import Providers
import Rules
import Webhooks

/// What of an order is shipped, gathered from all that Printify has said. Only grows: so reports that come late, twice or in
/// another order end in the same.
struct ShippedParcels {
    private(set) var parcels: [Parcel]
    /// Whether nothing is left to be shipped.
    private(set) var isAllShipped: Bool

    /// - Parameter extra: the order's further fields, with what is known of its parcels.
    init(_ extra: JSONObject) {
        parcels = (extra["parcels"]?.array ?? []).compactMap(Parcel.init)
        isAllShipped = extra["all_shipped"]?.bool == true
    }

    /// Adds what an order of Printify's API says (https://developers.printify.com/#orders).
    mutating func add(answer order: JSONValue) {
        for shipment in order["shipments"]?.array ?? [] { Parcel(shipment).map { add($0) } }
        if order["status"]?.string == "fulfilled" { isAllShipped = true }
    }

    /// Adds what a webhook says of its one parcel: the API may be a moment behind.
    mutating func add(webhook body: JSONValue, isDelivered: Bool) {
        let data = body["resource"]?["data"]
        let carrier = data?["carrier"]
        var told = JSONObject()
        told["number"] = carrier?["tracking_number"]
        told["carrier"] = carrier?["code"]
        told["url"] = carrier?["tracking_url"]
        if isDelivered { told["delivered_at"] = data?["delivered_at"] ?? body["created_at"] }
        Parcel(.object(told)).map { add($0) }
    }

    private mutating func add(_ parcel: Parcel) {
        if let place = parcels.firstIndex(where: { $0.number == parcel.number }) {
            parcels[place].carrier = parcels[place].carrier ?? parcel.carrier
            parcels[place].url = parcels[place].url ?? parcel.url
            parcels[place].deliveredAt = parcels[place].deliveredAt ?? parcel.deliveredAt
        } else if parcels.count < Parcel.most {
            parcels.append(parcel)
        }
    }

    /// The status of the order by its parcels.
    private var status: String {
        if !isAllShipped { return "partially_shipped" }
        return parcels.allSatisfy { $0.deliveredAt != nil } ? "delivered" : "shipped"
    }

    /// The status that the order gets.
    /// - Returns: nil where its own says as much, or where it is cancelled or returned.
    func status(of order: StoredRecord) -> String? {
        let places = ["unpaid": 0, "on_hold": 1, "to_ship": 2, "partially_shipped": 3, "shipped": 4, "delivered": 5]
        if order.isCancelled || order.fields["stage"] == "returned" { return nil }
        let own = order.fields["stage"]?.string.flatMap { places[$0] } ?? -1
        let word = order.fields["status"]?.string.flatMap { places[$0] } ?? -1
        return places[status].flatMap { $0 > max(own, word) ? status : nil }
    }
}
