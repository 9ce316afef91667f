/// Whether whoever can write the file and has no key could change a table's rows unseen.
enum RowProtection {
    /// No: the seal covers each row whole, but for these columns.
    case sealed(without: [String] = [])
    /// Yes, for this reason.
    case open(because: String)
}

extension Table {
    /// What a read writes is left out, and so are boxes that what stands beside them is bound to: a
    /// data key and a value open in the row of their own secret and version only.
    var protection: RowProtection {
        switch self {
        case .meta:
            .open(because: "key, seal and trail have codes of their own; the clock is open")
        case .tally: .open(because: "it counts what is sealed")
        case .audit, .auditBlock: .open(because: "the chain over the trail covers them")
        case .ecsEvent: .open(because: "its messages are for people, and nothing goes by them")
        case .secret: .sealed(without: ["last_accessed_at"])
        case .version: .sealed(without: ["last_accessed_at", "wrapped_data_key", "envelope"])
        case .versionKey: .sealed(without: ["wrapped_data_key"])
        case .keyEncryptionKey, .snapshot, .madeAccount: .sealed()
        case .tag, .stagingLabel, .resourcePolicy, .replica, .crossAccountReplica: .sealed()
        case .rotationConfiguration, .rotation: .sealed()
        case .kmsKey, .kmsAlias, .kmsTag, .kmsKeyMaterial, .kmsGrant: .sealed()
        case .iamPrincipal, .iamPrincipalTag, .iamInlinePolicy, .iamAttachment: .sealed()
        case .iamPolicy, .iamPolicyVersion, .iamPolicyTag: .sealed()
        case .iamAccessKey, .iamAccountAlias: .sealed()
        case .ecsCluster, .ecsService, .ecsDeployment, .ecsTaskDefinition: .sealed()
        }
    }
}

/// What has a sum of its own in the seal.
enum SealedPart: Equatable {
    case table(Table)
    /// All that snapshots keep: it is put back as it is there.
    case keptRows
    /// The tables, indices and triggers themselves: a trigger would change rows in the server's name.
    case schemaRows

    static let all: [SealedPart] =
        Table.allCases.filter(\.isSealed).map(SealedPart.table) + [.keptRows, .schemaRows]

    /// For people, and in the codes of the seal; made once, for each takes longer than a hash.
    static let names = all.map { part in
        switch part {
        case .table(let table): table.name
        case .keptRows: "snapshot_*"
        case .schemaRows: "sqlite_schema"
        }
    }

    static let kept = all.firstIndex(of: .keptRows) ?? 0
    static let schema = all.firstIndex(of: .schemaRows) ?? 0
}

extension Table {
    var isSealed: Bool { if case .sealed = protection { true } else { false } }

    /// The columns that the seal leaves out.
    var unsealedColumns: [String] {
        if case .sealed(let columns) = protection { columns } else { [] }
    }
}
