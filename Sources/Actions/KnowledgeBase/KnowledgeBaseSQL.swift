/// The statement on products.
enum KnowledgeBaseSQL {
    /// $1 source, null for all.
    static let products = """
        select product_id as id, name, product_data ->> 'description' as description, price::text as price,
            currency, sku, quantity::text as qty, status, product_data ->> 'url' as url
        from hookledger.products
        where not deleted and ($1::text is null or source = $1)
        order by source, product_id
        """
}
