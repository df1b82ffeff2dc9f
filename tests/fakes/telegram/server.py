"""The server: what bots call, what people do, and what goes wrong when a test says so."""

import asyncio
import itertools
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.fakes.telegram import description
from tests.fakes.telegram.markup import CannotParse, Entity, found, parsed, units

TOKEN = "7000:AAtest-token_for-a-bot"
BOT_ID = 7000
NUMBERS = itertools.count(1)  # of messages and people, never used twice by any server
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


class Refused(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code: int, words: str, **parameters: Any) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.parameters = parameters


@dataclass(frozen=True)
class Person:
    """Somebody on Telegram. `user` is how the Bot API shows them, `chat` their private chat."""

    user: dict[str, Any]

    @property
    def id(self) -> int:
        return self.user["id"]

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.user["first_name"]}


@dataclass
class Shown:
    """A message of the bot as people see it."""

    chat: int
    id: int
    text: str
    entities: list[Entity]
    call: dict[str, Any]
    file: tuple[str, bytes] | None = None
    is_photo: bool = False

    @property
    def buttons(self) -> list[list[tuple[str, str]]]:
        """Labels and what they do."""
        rows = self.call.get("reply_markup", {}).get("inline_keyboard", [])
        return [[(each["text"], each["callback_data"]) for each in row] for row in rows]


@dataclass
class TelegramServer:
    """Use it as an async context manager.

    Attributes:
        calls: every call of a method, in order, with its decoded parameters.
        messages: what the bot's messages say now, by chat and number.
        history: every text that the bot ever showed, edits included.
        reactions: those of the bot.
        answers: to callback queries, by their id.
        commands, descriptions: as set, by scope and language.
        reads_all: whether privacy mode is off.
        members: what `getChatMember` says, by chat and person.
        problems: calls against the Bot API's description; any of them fails the test at the end.
    """

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: dict[tuple[int, int], Shown] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    reactions: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    inline_answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    members: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Exception] = field(default_factory=list)
    reads_all: bool = False
    token: str = TOKEN

    async def __aenter__(self) -> "TelegramServer":
        self._changed = asyncio.Condition()
        self._pending: deque[dict[str, Any]] = deque()
        self._update_ids = itertools.count(500_000_001)
        self._query_ids = itertools.count(1)
        self._allowed: list[str] | None = None
        self._webhook: dict[str, Any] = {}
        self._poll = 0
        self._faults: dict[str, deque[Refused | str]] = {}
        self._is_closing = False
        self.bot = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Commonplace",
            "username": "common_bot",
        }
        app = web.Application(client_max_size=60_000_000)
        app.router.add_post("/bot{token}/{method}", self._called)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_closing = True
        async with self._changed:
            self._changed.notify_all()
        await self._runner.cleanup()
        assert self.problems == [], self.problems

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    def person(self, name: str = "Ann", *, language: str | None = "zh-hant") -> Person:
        """Somebody new."""
        user = {"id": 10_000 + next(NUMBERS), "is_bot": False, "first_name": name}
        return Person(user | ({"language_code": language} if language else {}))

    def group(
        self, title: str = "讀書會", *, is_super: bool = True, is_admin: bool = False, **more: Any
    ) -> dict[str, Any]:
        """A group that the bot is in."""
        number = -1_000_000_000_000 - next(NUMBERS) if is_super else -next(NUMBERS)
        chat = {"id": number, "type": "supergroup" if is_super else "group", "title": title} | more
        self.chats[number] = chat
        self.set_member(chat, self.bot, "administrator" if is_admin else "member")
        return chat

    def set_member(
        self, chat: dict[str, Any], user: dict[str, Any], status: str, **more: Any
    ) -> None:
        """What somebody is in a group."""
        self.members[chat["id"], user["id"]] = _member(user, status) | more

    def message(self, writer: Person | dict[str, Any], **fields: Any) -> dict[str, Any]:
        """A message as the Bot API shows it; `chat` is the private one unless told."""
        user = writer.user if isinstance(writer, Person) else writer
        fields.setdefault("chat", writer.chat if isinstance(writer, Person) else None)
        mentions = found(fields.get("text", ""), [])
        if mentions and "entities" not in fields:
            fields["entities"] = [
                {"type": each.type, "offset": each.offset, "length": each.length}
                for each in mentions
            ]
        return {"message_id": next(NUMBERS), "date": 1_790_000_000, "from": user} | fields

    async def write(
        self, writer: Person | dict[str, Any], text: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Somebody writes a message; it is on its way to the bot."""
        if text is not None:
            fields["text"] = text
        message = self.message(writer, **fields)
        await self.update("message", message)
        return message

    async def press(
        self, who: Person | dict[str, Any], shown: Shown, does: str | None = None, **more: Any
    ) -> str:
        """Somebody presses a button; the id of the query."""
        data = does if does is not None else shown.buttons[0][0][1]
        query = f"q{next(self._query_ids)}"
        chat = self.chats.get(shown.chat) or (who.chat if isinstance(who, Person) else None)
        message = {"message_id": shown.id, "date": 1_790_000_000, "chat": chat, "from": self.bot,
                   "text": shown.text} | more  # fmt: skip
        await self.update(
            "callback_query",
            {
                "id": query,
                "from": who.user if isinstance(who, Person) else who,
                "message": message,
                "chat_instance": "1",
                "data": data,
            },
        )
        return query

    async def react(
        self, who: Person, chat: dict[str, Any], number: int, new: list[str], old: list[str] = ()
    ) -> None:
        """Somebody changes the reactions on a message. Groups tell it to admins only."""
        own = self.members.get((chat["id"], BOT_ID), {}).get("status")
        if chat["type"] != "private" and own != "administrator":
            return
        await self.update(
            "message_reaction",
            {
                "chat": chat,
                "message_id": number,
                "date": 1_790_000_000,
                "user": who.user,
                "old_reaction": [{"type": "emoji", "emoji": each} for each in old],
                "new_reaction": [{"type": "emoji", "emoji": each} for each in new],
            },
        )

    async def presence(self, who: Person, chat: dict[str, Any], before: str, now: str) -> None:
        """Somebody takes the bot in, or removes it."""
        await self.update(
            "my_chat_member",
            {
                "chat": chat,
                "from": who.user,
                "date": 1_790_000_000,
                "old_chat_member": _member(self.bot, before),
                "new_chat_member": _member(self.bot, now),
            },
        )

    async def update(self, kind: str, content: dict[str, Any], *, is_checked: bool = True) -> int:
        """Put an update in the queue, if the bot asked for its kind; its id."""
        update = {"update_id": next(self._update_ids), kind: content}
        if is_checked:
            description.check("Update", update)
        async with self._changed:
            if self._allowed is None or kind in self._allowed:
                self._pending.append(update)
            self._changed.notify_all()
        return update["update_id"]

    def upload(self, data: bytes, key: str = "file-1") -> str:
        """Bytes that a person sent; the id of the file."""
        self.files[key] = data
        return key

    # ── waiting, without sleeping ────────────────────────────────────────────────────────────────

    async def until(self, condition: Any) -> None:
        """Wait until something is so; looked at after every call."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(condition)

    async def delivered(self) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not self._pending)

    async def called(self, method: str, times: int = 1) -> dict[str, Any]:
        """Wait until a method was called so often; the parameters of the last of them."""
        await self.until(lambda: len(self.calls_of(method)) >= times)
        return self.calls_of(method)[times - 1]

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of all calls of a method."""
        return [given for name, given in self.calls if name == method]

    @property
    def pending(self) -> list[int]:
        """The updates that the bot has not confirmed."""
        return [each["update_id"] for each in self._pending]

    @property
    def last(self) -> Shown:
        """The newest message of the bot."""
        return list(self.messages.values())[-1]

    # ── what goes wrong ──────────────────────────────────────────────────────────────────────────

    def fail(
        self, method: str, code: int, words: str, *, times: int = 1, **parameters: Any
    ) -> None:
        """The next calls of a method are refused."""
        faults = self._faults.setdefault(method, deque())
        faults.extend([Refused(code, words, **parameters)] * times)

    def break_off(self, method: str, times: int = 1) -> None:
        """The connection of the next calls of a method ends without an answer."""
        self._faults.setdefault(method, deque()).extend(["break"] * times)

    def garble(self, method: str) -> None:
        """The next call of a method is answered by something that the Bot API never says."""
        self._faults.setdefault(method, deque()).append("garble")

    def hang(self, method: str) -> None:
        """The next call of a method is never answered."""
        self._faults.setdefault(method, deque()).append("hang")

    async def second_poller(self) -> None:
        """Another program polls with the same token for a moment."""
        async with ClientSession() as session:
            url = f"{self.url}/bot{self.token}/getUpdates"
            async with session.post(url, data={"timeout": "0"}) as answer:
                await answer.read()

    # ── HTTP ─────────────────────────────────────────────────────────────────────────────────────

    async def _called(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._answer(request)
        except Refused as refused:
            body: dict[str, Any] = {
                "ok": False,
                "error_code": refused.code,
                "description": refused.words,
            }
            if refused.parameters:
                body["parameters"] = refused.parameters
            return web.json_response(body, status=refused.code)
        except ConnectionResetError:  # the bot has gone away
            return web.Response(status=499)
        except Exception as problem:  # noqa: BLE001  the test fails by it at its end
            self.problems.append(problem)
            return web.json_response({"ok": False, "description": "Internal"}, status=500)
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, request: web.Request) -> Any:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            raise Refused(401, "Unauthorized")
        perform = getattr(self, _named(method), None)
        if method not in description.METHODS or perform is None:
            raise Refused(404, "Not Found")
        form, files = await request.post(), {}
        given = {}
        for name, value in form.items():
            if isinstance(value, str):
                given[name] = value
            else:
                files[name] = (value.filename, value.file.read())
        for name in description.METHODS[method]:  # a file may be named by the parameter itself
            if name.rstrip("!") in files:
                given[name.rstrip("!")] = f"attach://{name.rstrip('!')}"
        try:
            call = description.arguments(method, given)
        except description.Mismatch as problem:
            self.problems.append(problem)
            raise Refused(400, f"Bad Request: {problem}") from None
        async with self._changed:
            self.calls.append((method, call))
            self._changed.notify_all()
        if faults := self._faults.get(method):
            fault = faults.popleft()
            if isinstance(fault, Refused):
                raise fault
            if fault == "garble":
                return {"surprise": True}
            if fault == "break":
                request.transport.close()
                raise Refused(500, "broken off")
            await self._closed()
        result = perform(call | {"_files": files} if files else call)
        if asyncio.iscoroutine(result):
            result = await result
        async with self._changed:
            self._changed.notify_all()
        return result

    async def _closed(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._is_closing)

    async def _file(self, request: web.Request) -> web.Response:
        data = self.files.get(request.match_info["path"].removeprefix("documents/"))
        return web.Response(body=data) if data is not None else web.Response(status=404)

    # ── updates ──────────────────────────────────────────────────────────────────────────────────

    def _get_me(self, _: dict[str, Any]) -> Any:
        return self.bot | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": True,
        }

    async def _get_updates(self, call: dict[str, Any]) -> Any:
        if self._webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        own = self._poll
        if "allowed_updates" in call:
            self._allowed = call["allowed_updates"]
        async with self._changed:
            self._changed.notify_all()
            while self._pending and self._pending[0]["update_id"] < call.get("offset", 0):
                self._pending.popleft()
            if call.get("timeout", 0):
                await self._changed.wait_for(
                    lambda: self._pending or self._poll != own or self._is_closing
                )
        if self._poll != own and call.get("timeout", 0):
            raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that "
                               "only one bot instance is running")  # fmt: skip
        return list(self._pending)[: call.get("limit", 100)]

    def _set_webhook(self, call: dict[str, Any]) -> Any:
        assert not call.get("drop_pending_updates")
        self._webhook = call
        self._allowed = call.get("allowed_updates", self._allowed)
        return True

    def _delete_webhook(self, call: dict[str, Any]) -> Any:
        assert not call.get("drop_pending_updates")
        self._webhook = {}
        return True

    async def push(self, to: str, *, secret: str | None = None) -> list[int]:
        """Deliver what is pending to the webhook, in order, up to a refusal; the statuses."""
        statuses = []
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret or self._webhook["secret_token"]}
        async with ClientSession() as session:
            while self._pending:
                async with session.post(to, json=self._pending[0], headers=headers) as answer:
                    statuses.append(answer.status)
                if statuses[-1] != 200:
                    break
                self._pending.popleft()
        return statuses

    # ── messages ─────────────────────────────────────────────────────────────────────────────────

    def _send_message(self, call: dict[str, Any]) -> Any:
        text, entities = self._text(call, "text", 4096)
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        return self._sent(call, text, entities, {"text": text})

    def _send_document(self, call: dict[str, Any]) -> Any:
        name, data = next(iter(call["_files"].values()))
        number = next(NUMBERS)
        self.files[f"sent-{number}"] = data
        text, entities = self._text(call, "caption", 1024) if "caption" in call else ("", [])
        document = {"file_id": f"sent-{number}", "file_unique_id": str(number), "file_name": name}
        return self._sent(call, text, entities, {"document": document}, (name, data))

    def _send_photo(self, call: dict[str, Any]) -> Any:
        name, data = next(iter(call["_files"].values()))
        if not data.startswith(b"\x89PNG"):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        number = next(NUMBERS)
        text, entities = self._text(call, "caption", 1024) if "caption" in call else ("", [])
        photo = {
            "file_id": f"sent-{number}",
            "file_unique_id": str(number),
            "width": 1,
            "height": 1,
        }
        return self._sent(call, text, entities, {"photo": [photo]}, (name, data))

    def _sent(
        self, call: dict[str, Any], text: str, entities: list[Entity], content: dict[str, Any],
        file: tuple[str, bytes] | None = None,
    ) -> Any:  # fmt: skip
        chat = self._chat(call["chat_id"])
        if "message_thread_id" in call and not chat.get("is_forum"):
            raise Refused(400, "Bad Request: message thread not found")
        answered = call.get("reply_parameters")
        if answered and not answered.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        number = next(NUMBERS)
        shown = Shown(chat["id"], number, text, entities, call, file, "photo" in content)
        self._check_buttons(shown)
        self.messages[chat["id"], number] = shown
        self.history.append(text)
        message = self.message(self.bot, chat=chat, **content) | {"message_id": number}
        if "message_thread_id" in call:
            message |= {"message_thread_id": call["message_thread_id"], "is_topic_message": True}
        description.check("Message", message)
        return message

    def _edit_message_text(self, call: dict[str, Any]) -> Any:
        return self._edited(call, "text", 4096)

    def _edit_message_caption(self, call: dict[str, Any]) -> Any:
        return self._edited(call, "caption", 1024)

    def _edited(self, call: dict[str, Any], name: str, limit: int) -> Any:
        shown = self.messages.get((call["chat_id"], call["message_id"]))
        if shown is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if name == "text" and shown.file:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        text, entities = self._text(call, name, limit)
        same = (text, entities, call.get("reply_markup")) == (
            shown.text, shown.entities, shown.call.get("reply_markup"))  # fmt: skip
        if same:
            raise Refused(400, "Bad Request: message is not modified: specified new message "
                               "content and reply markup are exactly the same")  # fmt: skip
        shown.text, shown.entities, shown.call = text, entities, call
        self._check_buttons(shown)
        self.history.append(text)
        return self.message(self.bot, chat=self._chat(call["chat_id"]), text=text or "x")

    def _delete_message(self, call: dict[str, Any]) -> Any:
        if self.messages.pop((call["chat_id"], call["message_id"]), None) is None:
            raise Refused(400, "Bad Request: message to delete not found")
        return True

    def _set_message_reaction(self, call: dict[str, Any]) -> Any:
        chat = self._chat(call["chat_id"])
        emoji = [each["emoji"] for each in call.get("reaction", [])]
        allowed = chat.get("available_reactions")
        names = {each["emoji"] for each in allowed} if allowed is not None else set(emoji)
        if len(emoji) > 1 or not set(emoji) <= description.REACTIONS & names:
            raise Refused(400, "Bad Request: REACTION_INVALID")
        self.reactions[call["chat_id"], call["message_id"]] = emoji
        return True

    def _send_chat_action(self, call: dict[str, Any]) -> Any:
        assert call["action"] == "typing"
        return bool(self._chat(call["chat_id"]))

    def _answer_callback_query(self, call: dict[str, Any]) -> Any:
        if call["callback_query_id"] in self.answers:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or "
                               "query ID is invalid")  # fmt: skip
        if units(call.get("text", "")) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self.answers[call["callback_query_id"]] = call
        return True

    def _answer_inline_query(self, call: dict[str, Any]) -> Any:
        if len(call["results"]) > 50:
            raise Refused(400, "Bad Request: RESULTS_TOO_MUCH")
        for each in call["results"]:
            assert 1 <= len(each["id"].encode()) <= 64
            self._text(each["input_message_content"], "message_text", 4096)
        self.inline_answers[call["inline_query_id"]] = call
        return True

    def _text(self, call: dict[str, Any], name: str, limit: int) -> tuple[str, list[Entity]]:
        text = call[name]
        if call.get("parse_mode") == "HTML":
            try:
                text, entities = parsed(text)
            except CannotParse as problem:
                raise Refused(400, f"Bad Request: can't parse entities: {problem}") from None
        else:
            entities = found(text, [])
        if units(text) > limit:
            raise Refused(400, "Bad Request: message is too long")
        assert len([each for each in entities if each.type != "mention"]) <= 100
        return text, entities

    def _check_buttons(self, shown: Shown) -> None:
        rows = shown.buttons
        if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
            raise Refused(400, "Bad Request: reply markup is too long")
        for label, does in itertools.chain.from_iterable(rows):
            if not label.strip():
                raise Refused(400, "Bad Request: text buttons are unallowed in the inline keyboard")
            if not 1 <= len(does.encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")

    # ── chats, files, menus ──────────────────────────────────────────────────────────────────────

    def _chat(self, number: Any) -> dict[str, Any]:
        if isinstance(number, int) and number > 0:
            return {"id": number, "type": "private"}
        if number not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        return {name: value for name, value in self.chats[number].items() if name in
                ("id", "type", "title", "is_forum", "username", "available_reactions")}  # fmt: skip

    def _get_chat(self, call: dict[str, Any]) -> Any:
        return {"accent_color_id": 1, "max_reaction_count": 1,
                "accepted_gift_types": dict.fromkeys(
                    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
                     "gifts_from_channels"), False)} | self._chat(call["chat_id"]) | self.chats[
                         call["chat_id"]]  # fmt: skip

    def _get_chat_member(self, call: dict[str, Any]) -> Any:
        self._chat(call["chat_id"])
        found = self.members.get((call["chat_id"], call["user_id"]))
        if found is None:
            raise Refused(400, "Bad Request: user not found")
        return found

    def _get_file(self, call: dict[str, Any]) -> Any:
        data = self.files.get(call["file_id"])
        if data is None:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(data) > 20_000_000:
            raise Refused(400, "Bad Request: file is too big")
        return {"file_id": call["file_id"], "file_unique_id": "u", "file_size": len(data),
                "file_path": f"documents/{call['file_id']}"}  # fmt: skip

    def _set_my_commands(self, call: dict[str, Any]) -> Any:
        for each in call["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope(call)] = call["commands"]
        return True

    def _get_my_commands(self, call: dict[str, Any]) -> Any:
        return self.commands.get(_scope(call), [])

    def _set_my_description(self, call: dict[str, Any]) -> Any:
        assert len(call["description"]) <= 512
        self.descriptions["long", call.get("language_code", "")] = call["description"]
        return True

    def _get_my_description(self, call: dict[str, Any]) -> Any:
        return {"description": self.descriptions.get(("long", call.get("language_code", "")), "")}

    def _set_my_short_description(self, call: dict[str, Any]) -> Any:
        assert len(call["short_description"]) <= 120
        self.descriptions["short", call.get("language_code", "")] = call["short_description"]
        return True

    def _get_my_short_description(self, call: dict[str, Any]) -> Any:
        code = call.get("language_code", "")
        return {"short_description": self.descriptions.get(("short", code), "")}


def _named(method: str) -> str:
    """`sendMessage` is performed by `_send_message`."""
    return "_" + re.sub("[A-Z]", lambda capital: "_" + capital[0].lower(), method)


def _scope(call: dict[str, Any]) -> tuple[str, str]:
    return (call.get("scope", {"type": "default"})["type"], call.get("language_code", ""))


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """Somebody in a chat, with all that the Bot API tells of that status."""
    more: dict[str, Any] = {}
    if status == "administrator":
        more = description.blank("ChatMemberAdministrator")
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "kicked":
        more = {"until_date": 0}
    return {"user": user, "status": status} | more
