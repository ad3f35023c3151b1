/// Every route, in the order of the OpenAPI document. A test compares the two.
enum RouteTable {
    static let routes =
        GuideRoutes.all + DeliveryRoutes.all + ReplayRoutes.all + JobRoutes.all + RecordRoutes.all + CommentRoutes.all
        + PersonRoutes.all + OperationRoutes.all
}
