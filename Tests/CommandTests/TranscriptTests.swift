import Testing

@Suite struct TranscriptTests {
    @Test(arguments: Transcript.chosenPages)
    func `What a page of the manual shows is what is printed`(page: String) throws {
        let transcript = try Transcript(page: page)
        try #require(!transcript.steps.isEmpty)
        let session = try TranscriptSession(transcript)
        for step in transcript.steps { try session.run(step) }
    }

    @Test func `A page is read as commands, what they print and how they end`() throws {
        let page = try Transcript(
            name: "page",
            text: """
                Prose, and `$ code` in it.

                ```console
                $ export NAME=value
                $ one \\
                    --more
                output

                ! error
                !
                [64]

                ```

                ```json seed.json
                {
                }
                ```

                ```console
                $ two &
                ready
                $ three
                ^C
                [130]
                ```
                """
        )
        #expect(page.steps.map(\.line) == [4, 5, 21, 23])
        #expect(page.steps.map(\.isExport) == [true, false, false, false])
        #expect(page.steps[1].command == "one \\\n    --more")
        #expect(page.steps[1].output == ["output", ""])
        #expect(page.steps[1].error == ["error", ""])
        #expect(page.steps.map(\.exitCode) == [nil, 64, nil, 130])
        #expect(page.steps[2].isInBackground)
        #expect(page.files == ["seed.json": "{\n}\n"])
        #expect(page.steps[3].interruption == 0)
    }

    @Test(arguments: ["$ one\n$ two\n[0]", "$ one\n```", "output"])
    func `A page that leaves an end open is refused`(block: String) {
        #expect(throws: Transcript.Fault.self) {
            try Transcript(name: "page", text: "```console\n\(block)\n")
        }
    }

    @Test(arguments: [
        (["a"], ["a"], true), (["a"], ["b"], false), (["a"], ["a", "b"], false), ([], [], true),
        (["a", "..."], ["a"], true), (["...", "c"], ["a", "b", "c"], true),
        (["..."], ["a"], true), (["...", "d"], ["a", "b", "c"], false),
        (["at <TIME> (<...>)"], ["at 2026-11-24T10:00:00.000Z (x)"], true),
        (["at <TIME>"], ["at noon"], false), (["<port>"], ["80"], false),
        (["<port> [a.c]*"], ["<port> [a.c]*"], true), (["a.c"], ["abc"], false),
    ])
    func `Lines are the same but for the placeholders`(
        lines: [String],
        printed: [String],
        isSame: Bool
    ) {
        #expect((Pattern(lines: lines).match(printed) != nil) == isSame)
    }

    @Test func `What a placeholder stood for is known afterwards`() {
        let found = Pattern(lines: ["...", "<NUMBER> <PORT>"]).match(["1 2", "3 4"])
        #expect(found == ["<NUMBER>": "3", "<PORT>": "4"])
    }
}
