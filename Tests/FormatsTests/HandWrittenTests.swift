import Formats
import Testing

/// Documents as people and other programs write them.
@Suite struct HandWrittenTests {
    @Test func `A JSON value that is no string is kept as its text`() throws {
        let text =
            #"{"a":"x","port":5432,"on":true,"db":{"user":"u","n":[1, 2]},"#
            + #""key":{"SecretBinary":"AAE="},"no":{"SecretBinary":"AAE=","b":1}}"#
        #expect(
            try SecretFormat.json.lines(text) == [
                "a=x", "port=5432", "on=true", #"db={"user":"u","n":[1,2]}"#, "key=[0, 1]",
                #"no={"SecretBinary":"AAE=","b":1}"#,
            ]
        )
    }

    @Test(arguments: [
        ("{\"a\":null}", "a: null is no value"),
        ("{\"a\":{\"SecretBinary\":\"?\"}}", "a: SecretBinary is no base64"),
        ("[]", "an object with a member for each secret is expected"),
        ("{\n\"a\":\"1\",\"a\":\"2\"}", "line 2: the object has a member of this name already"),
        ("{\"a\":\n\"1}", "line 2: the document ends too early"),
    ])
    func `JSON that is no object of secrets is refused`(_ text: String, _ reason: String) throws {
        #expect(try SecretFormat.json.refusal(of: text) == reason)
    }

    @Test func `A Secret is read as kubectl prints it and as people write it`() throws {
        let text = """
            # a comment
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: other}
            ---
            apiVersion: v1
            data:
              password: cGFzcw==
              key.bin: /wA=   # bytes
              wrapped: |
                cGFz
                cw==
              both: eA==
            kind: Secret
            metadata:
              name: app
              labels: {a: b, "c": [1, 'd']}
            stringData:
              both: from stringData
              url: postgres://a:b@c/d?e=f#g
              pem: |
                -----BEGIN-----
                  indented

                -----END-----
              stripped: |-
                a
                b
              folded: >
                one
                two

                three
              single: 'it''s'
              double: "tab\\t\\u00e9\\
                 joined"
            ...

            """
        let document = try SecretFormat.kubernetes.read(
            Array(text.utf8),
            ReadingSettings(dialect: .node)
        )
        #expect(document.remarks.map(\.line) == [2])
        #expect(
            try SecretFormat.kubernetes.lines(text) == [
                "password=pass", "key.bin=[255, 0]", "wrapped=pass", "both=from stringData",
                "url=postgres://a:b@c/d?e=f#g",
                "pem=-----BEGIN-----\n  indented\n\n-----END-----\n", "stripped=a\nb",
                "folded=one two\nthree\n", "single=it's", "double=tab\té" + "joined",
            ]
        )
    }

    @Test func `A list of Secrets in JSON is read`() throws {
        let text =
            #"{"apiVersion":"v1","kind":"List","items":[{"kind":"Secret","#
            + #""data":{"a":"eA=="}},{"kind":"Secret","stringData":{"b":"\ud83d\ude00\/"}}]}"#
        #expect(try SecretFormat.kubernetes.lines(text) == ["a=x", "b=😀/"])
    }

    @Test(arguments: [
        ("kind: Secret\ndata:\n  a: '?'\n", "line 3: a is no base64"),
        (
            "kind: Secret\nstringData:\n  a: 5432\n",
            "line 3: the value of a is no string; use quotes"
        ),
        (
            "kind: Secret\nstringData:\n  a: yes\n",
            "line 3: the value of a is no string; use quotes"
        ),
        ("kind: ConfigMap\n", "there is no Secret of Kubernetes in it"),
        (
            "kind: Secret\ndata: {a: eA==}\n---\nkind: Secret\ndata: {a: eA==}\n",
            "line 5: a is in line 2 already"
        ),
        (
            "kind: Secret\ndata:\n  a: &x eA==\n",
            "line 3: anchors, tags and other keys than plain ones are not read here"
        ),
        (
            "kind: Secret\ndata:\n  a: eA==\n  a: eA==\n",
            "line 4: the mapping has a key of this name already"
        ),
        ("kind: Secret\ndata:\n  a: \"x\n", "line 3: a quote that is opened here is not closed"),
        (
            "kind: Secret\ndata:\n  a: eA==\n b: eA==\n",
            "line 4: this is indented otherwise than what it belongs to"
        ),
    ])
    func `A Secret that cannot be read is refused with its line`(
        _ text: String,
        _ reason: String
    ) throws {
        #expect(try SecretFormat.kubernetes.refusal(of: text) == reason)
    }

    @Test func `A Compose file names files and variables`() throws {
        let text = """
            services:
              app:
                image: app
                secrets: [a, b]
            secrets:
              a:
                file: ./a.txt
              b:
                environment: "B"
              c:
                external: true
              d: {file: "d$$.bin"}

            """
        #expect(
            try SecretFormat.compose.lines(
                text,
                files: ["./a.txt": Array("x\n".utf8), "d$.bin": [0xFF]],
                variables: ["B": "y"]
            ) == ["a=x\n", "b=y", "d=[255]"]
        )
    }

    @Test(arguments: [
        ("secrets:\n  a:\n    file: ./x\n", "line 3: ./x cannot be read"),
        ("secrets:\n  a:\n    file: ${X}\n", "line 3: a variable in a path is not replaced here"),
        ("secrets:\n  a:\n    environment: X\n", "line 3: the variable X is not set"),
        ("secrets:\n  a: {}\n", "line 2: a has neither file nor environment"),
        ("services: {}\n", "there are no secrets at the top of it"),
    ])
    func `A Compose file whose values are not there is refused`(
        _ text: String,
        _ reason: String
    ) throws {
        #expect(try SecretFormat.compose.refusal(of: text) == reason)
    }
}
