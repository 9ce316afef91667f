internal import AWS

/// What the tables of tags have in common: each row has an owner and a place among its tags.
protocol TagRows: StatementList where Columns == TagColumns {
    static var ofOwner: Self { get }
    static var insert: Self { get }
    static var deleteOfOwner: Self { get }
}

/// A tag as it is read; its owner and its place come before it where it is bound.
enum TagColumns: Int, RowColumns {
    case key, value
}

extension SQLiteTransaction {
    /// The tags of an owner, in their order.
    func tags<Rows: TagRows>(in _: Rows.Type, of owner: Int64) throws(SQLiteError) -> [Tag] {
        let rows = try statement(Rows.ofOwner)
        try rows.bind(1, owner)
        var tags: [Tag] = []
        while try rows.step() { tags.append(Tag(key: rows.text(.key), value: rows.text(.value))) }
        return tags
    }

    /// Puts tags in place of all that an owner has.
    func setTags<Rows: TagRows>(
        _ tags: [Tag],
        in _: Rows.Type,
        of owner: Int64
    ) throws(SQLiteError) {
        try run(Rows.deleteOfOwner, owner)
        for (position, tag) in tags.enumerated() {
            let insertion = try statement(Rows.insert)
            try insertion.bind(1, owner)
            try insertion.bind(2, Int64(position))
            try insertion.bind(3, tag.key)
            try insertion.bind(4, tag.value)
            try insertion.run()
        }
    }
}
