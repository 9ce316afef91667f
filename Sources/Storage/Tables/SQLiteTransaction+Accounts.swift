internal import AWS

extension SQLiteTransaction {
    func empty(account: String?) throws(APIError) {
        try translatingErrors {
            for deletion in AccountTables.emptying(oneAccount: account != nil) {
                try run(once: deletion, account)
            }
        }
    }
}
