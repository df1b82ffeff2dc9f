"""A small Discord on 127.0.0.1: its REST API and its gateway, as far as the wire matters.

It speaks the real format, so that discord.py connects, heartbeats, resumes, waits for limits and
uploads as it does with Discord. What members do is done by the test; what they see is here:

    async with serve() as server:
        room = server.private("ann")
        await server.write(room, "你好")
        server.shown(room)

Source: Discord's API documentation, events/gateway and resources/message.
"""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSMsgType, web

APP = "1000"
BOT = {
    "id": APP,
    "username": "commonplace",
    "discriminator": "0",
    "global_name": None,
    "avatar": None,
    "bot": True,
}
TOKEN = "a-token"
MESSAGE_CONTENT = 1 << 15
FIRST_ID = int(datetime.now(UTC).timestamp() * 1000 - 1420070400000) << 22
IDS = itertools.count(FIRST_ID, 1 << 22)  # one a millisecond, never used twice


@dataclass
class Fault:
    """What a request is answered instead.

    Attributes:
        method, part: of the request; `part` stands anywhere in its path.
        response: as `web.json_response` takes it; None breaks the connection off.
        times: so many requests; after: so many are answered before.
    """

    method: str
    part: str
    response: dict[str, Any] | None
    times: int = 1
    after: int = 0


@dataclass
class Server:
    """A Discord without servers of its own, until `guild` makes one.

    Attributes:
        url, gateway: where it listens.
        rooms: the messages of each channel, oldest first.
        seen: method and path of each request that was answered, in order.
        bodies: what each POST and PATCH of a message said; file names under "files".
        identified: what each IDENTIFY said; resumed: each RESUME.
        beats: how many heartbeats came.
        refuses_resume: answer RESUME by an invalid session.
        is_mute: answer heartbeats, but never say that a session is ready.
        allows: the privileged intents that are turned on.
    """

    url: str = ""
    gateway: str = ""
    rooms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    guilds: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    identified: list[dict[str, Any]] = field(default_factory=list)
    resumed: list[dict[str, Any]] = field(default_factory=list)
    beats: int = 0
    beat_ms: int = 41250
    refuses_resume: bool = False
    is_mute: bool = False
    allows: int = MESSAGE_CONTENT
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _missed: list[dict[str, Any]] = field(default_factory=list)
    _sequence: int = 0
    _sessions: int = 0

    # ── as members use it ────────────────────────────────────────────────────────────────────────

    def private(self, name: str) -> str:
        """The private channel of the bot and a person."""
        user = self.people.get(name)
        if user is None:
            user = {**BOT, "id": str(next(IDS)), "username": name, "bot": False}
            self.people[name] = user
        room = f"9{user['id'][1:]}"
        self.rooms.setdefault(room, [])
        return room

    def guild(self, name: str, *channels: str) -> tuple[str, list[str]]:
        """A server with text channels; its id and theirs."""
        id_ = str(next(IDS))
        rooms = [str(next(IDS)) for _ in channels]
        self.rooms.update({room: [] for room in rooms})
        everyone = {"id": id_, "name": "@everyone", "permissions": "2147483647", "position": 0}
        self.guilds[id_] = {
            "id": id_,
            "name": name,
            "owner_id": "1",
            "preferred_locale": "zh-TW",
            "roles": [{**everyone, "color": 0, "hoist": False, "managed": False, "flags": 0}],
            "members": [_member(BOT)],
            "channels": [
                {"id": room, "type": 0, "name": name, "position": 0, "permission_overwrites": []}
                for room, name in zip(rooms, channels, strict=True)
            ],
            "threads": [],
            "emojis": [],
            "stickers": [],
            "features": [],
            "system_channel_id": None,
            "member_count": 2,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "unavailable": False,
        }
        return id_, rooms

    async def write(self, room: str, text: str, *, author: str = "ann", **more: Any) -> str:
        """A member writes; the message's id."""
        self.private(author)
        message = self._message(room, self.people[author], content=text, **more)
        self.rooms[room].append(message)
        await self.dispatch("MESSAGE_CREATE", message)
        return message["id"]

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        """Send an event, or keep it for a resume if nobody is connected."""
        self._sequence += 1
        payload = {"op": 0, "t": event, "s": self._sequence, "d": data}
        if not self._sockets:
            self._missed.append(payload)
        for socket in self._sockets:
            await socket.send_json(payload)

    def shown(self, room: str) -> list[dict[str, Any]]:
        """What stands in a channel now."""
        return self.rooms[room]

    async def drop(self, code: int = 4000) -> None:
        """Break the connection off."""
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close(code=code)

    async def until(self, happened: Any) -> None:
        """Wait until something is so."""
        async with self.changed, asyncio.timeout(10):
            await self.changed.wait_for(happened)

    # ── the gateway ──────────────────────────────────────────────────────────────────────────────

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": self.beat_ms}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._heard(socket, json.loads(message.data))
            async with self.changed:
                self.changed.notify_all()
        if socket in self._sockets:
            self._sockets.remove(socket)
        return socket

    async def _heard(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        match payload["op"]:
            case 1:
                self.beats += 1
                await socket.send_json({"op": 11})
            case 2:
                self.identified.append(payload["d"])
                if payload["d"]["token"] != TOKEN:
                    await socket.close(code=4004)
                elif payload["d"]["intents"] & MESSAGE_CONTENT & ~self.allows:
                    await socket.close(code=4014)
                elif not self.is_mute:
                    await self._welcome(socket)
            case 6:
                self.resumed.append(payload["d"])
                missed, self._missed = self._missed, []
                if self.refuses_resume:
                    await socket.send_json({"op": 9, "d": False})
                    return
                for each in missed:
                    await socket.send_json(each)
                self._sequence += 1
                await socket.send_json({"op": 0, "t": "RESUMED", "s": self._sequence, "d": {}})
                self._sockets.append(socket)

    async def _welcome(self, socket: web.WebSocketResponse) -> None:
        self._sessions += 1
        self._missed = []
        ready = {
            "v": 10,
            "user": BOT,
            "guilds": [{"id": id_, "unavailable": True} for id_ in self.guilds],
            "session_id": f"session-{self._sessions}",
            "resume_gateway_url": self.gateway,
            "application": {"id": APP, "flags": 0},
        }
        self._sockets.append(socket)
        await self.dispatch("READY", ready)
        for guild in self.guilds.values():
            channels = [
                {**each, "last_message_id": self.rooms[each["id"]][-1]["id"]}
                if self.rooms[each["id"]]
                else each
                for each in guild["channels"]
            ]
            await self.dispatch("GUILD_CREATE", {**guild, "channels": channels})

    # ── the REST API ─────────────────────────────────────────────────────────────────────────────

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        response = await self._answered(request)
        if response.content_type == "application/json":  # discord.py reads no other spelling
            response.headers["Content-Type"] = "application/json"
        return response

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api")
        for fault in self.faults:
            if not fault.times or fault.method != request.method or fault.part not in path:
                continue
            if fault.after:
                fault.after -= 1
                continue
            fault.times -= 1
            self.seen.append((request.method, path))
            if fault.response is not None:
                return web.json_response(**fault.response)
            assert request.transport is not None
            request.transport.close()
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _refused(401, 0, "401: Unauthorized")
        response = await self._route(request, path)
        async with self.changed:
            self.seen.append((request.method, path))
            self.changed.notify_all()
        return response

    async def _route(self, request: web.Request, path: str) -> web.StreamResponse:
        match [request.method, *path.strip("/").split("/")]:
            case ["GET", "users", "@me"]:
                return web.json_response(BOT)
            case ["GET", "oauth2", "applications", "@me"]:
                return web.json_response(_application())
            case ["GET", "applications", _, "commands"]:
                return web.json_response(self.commands)
            case ["PUT", "applications", _, "commands"]:
                self.commands = await request.json()
                return web.json_response(self.commands)
            case ["POST", "users", "@me", "channels"]:
                return web.json_response(self._private_of((await request.json())["recipient_id"]))
            case ["POST", "channels", room, "messages"] if room in self.rooms:
                return await self._written(request, room)
            case ["GET", "channels", room, "messages"] if room in self.rooms:
                return web.json_response(self._history(room, request.query))
            case [method, "channels", room, "messages", id_, *rest] if room in self.rooms:
                return await self._one(request, method, room, id_, rest)
        return _refused(404, 10003, "Unknown Channel")

    async def _written(self, request: web.Request, room: str) -> web.StreamResponse:
        body = await _body(request)
        self.bodies.append(body)
        for message in self.rooms[room]:
            if body.get("nonce") and message["nonce"] == body["nonce"]:
                return web.json_response(message)
        said = {key: body[key] for key in ("content", "embeds", "components") if body.get(key)}
        message = self._message(room, BOT, nonce=body.get("nonce"), **said)
        self.rooms[room].append(message)
        return web.json_response(message)

    async def _one(
        self, request: web.Request, method: str, room: str, id_: str, rest: list[str]
    ) -> web.StreamResponse:
        message = next((each for each in self.rooms[room] if each["id"] == id_), None)
        if message is None:
            return _refused(404, 10008, "Unknown Message")
        if rest:
            return web.Response(status=204)
        if method == "PATCH":
            body = await _body(request)
            self.bodies.append(body)
            message.update(
                {key: value or ("" if key == "content" else []) for key, value in body.items()}
            )
        elif method == "DELETE":
            self.rooms[room].remove(message)
            return web.Response(status=204)
        return web.json_response(message)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=self.files[request.match_info["name"]])

    def _history(self, room: str, query: Any) -> list[dict[str, Any]]:
        after, limit = int(query.get("after", 0)), int(query.get("limit", 50))
        found = [each for each in self.rooms[room] if int(each["id"]) > after]
        return found[:limit][::-1]

    def _private_of(self, user_id: str) -> dict[str, Any]:
        user = next(each for each in self.people.values() if each["id"] == user_id)
        return {"id": self.private(user["username"]), "type": 1, "recipients": [user]}

    def _message(self, room: str, author: dict[str, Any], **more: Any) -> dict[str, Any]:
        guild = next(
            (
                id_
                for id_, guild in self.guilds.items()
                if any(each["id"] == room for each in guild["channels"])
            ),
            None,
        )
        return {
            "id": str(next(IDS)),
            "channel_id": room,
            **({"guild_id": guild} if guild else {}),
            "author": author,
            "content": "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": 0,
            "nonce": None,
            **more,
        }


def limited(seconds: float) -> dict[str, Any]:
    """The answer to one request too many, as discord.py wants it."""
    return {
        "status": 429,
        "data": {"message": "You are being rate limited.", "retry_after": seconds, "global": False},
        "headers": {"Via": "1.1 google"},
    }


def _refused(status: int, code: int, message: str) -> web.StreamResponse:
    return web.json_response({"message": message, "code": code}, status=status)


def _member(user: dict[str, Any]) -> dict[str, Any]:
    return {
        "user": user,
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def _application() -> dict[str, Any]:
    return {
        "id": APP,
        "name": "commonplace",
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "",
        "flags": 0,
        "owner": BOT,
        "team": None,
        "summary": "",
    }


async def _body(request: web.Request) -> dict[str, Any]:
    if request.content_type != "multipart/form-data":
        return await request.json()
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    files = [value for value in form.values() if isinstance(value, web.FileField)]
    return {**body, "files": {file.filename: file.file.read() for file in files}}


@asynccontextmanager
async def serve() -> AsyncIterator[Server]:
    """Run a server for the length of the block, on a free port."""
    server = Server()
    app = web.Application()
    app.router.add_get("/gateway", server._listen)
    app.router.add_get("/gateway/", server._listen)
    app.router.add_get("/files/{name}", server._file)
    app.router.add_route("*", "/api/{path:.*}", server._answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url, server.gateway = f"http://{host}:{port}/api", f"ws://{host}:{port}/gateway"
    try:
        yield server
    finally:
        await server.drop(code=1000)
        await runner.cleanup()
