"""What goes wrong between a client and its secrets: lost answers, damaged values."""

import socket
import sqlite3
import threading

from server import Pocketvault
from wire import Wire


class Flaky:
    """Stands before a server as a gateway that loses every other answer and says 503 instead.

    The call was carried out, but its caller does not know: it calls again, with the same token.
    """

    UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"

    def __init__(self, url: str):
        host, port = url.removeprefix("http://").rsplit(":", 1)
        self.server = (host, int(port))
        self.calls = self.lost = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[client], daemon=True).start()

    def serve(self, client: socket.socket) -> None:
        with client, socket.create_connection(self.server) as server:
            while request := message_from(client):
                server.sendall(request)
                answer = message_from(server)
                with self.lock:
                    self.calls += 1
                    lost = self.calls % 2 == 1
                    self.lost += lost
                client.sendall(self.UNAVAILABLE if lost else answer)

    def __enter__(self) -> "Flaky":
        return self

    def __exit__(self, *_) -> None:
        self.listener.close()


def message_from(connection: socket.socket) -> bytes:
    """One HTTP message of known length; nothing when the connection ends before it does."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (chunk := connection.recv(65536)):
            return b""
        data += chunk
    head, _ = data.split(b"\r\n\r\n", 1)
    lines = [line.split(b":", 1) for line in head.split(b"\r\n")[1:]]
    length = next((int(value) for name, value in lines if name.lower() == b"content-length"), 0)
    while len(data) < len(head) + 4 + length:
        if not (chunk := connection.recv(65536)):
            return b""
        data += chunk
    return data


def damaged_vault(folder) -> Pocketvault:
    """A vault with the secret `damaged`, whose value somebody has changed on the disk."""
    vault = Pocketvault(folder).start()
    with Wire(vault.url) as wire:
        assert wire.create("damaged").status == 200
    vault.stop()
    with sqlite3.connect(vault.database) as database:
        changed = database.execute(
            "UPDATE version SET envelope = CAST(zeroblob(length(envelope)) AS BLOB)"
            " WHERE secret_id = (SELECT id FROM secret WHERE name = 'damaged')"
        )
        assert changed.rowcount == 1
    database.close()
    return vault.start()
