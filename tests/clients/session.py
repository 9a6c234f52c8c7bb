"""A whole writing session, driven by an independent client (pytest-lsp), which also checks every message's types."""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SERVER = os.environ["SERVER"]
DRAFT = """---
date: 2026-04-20
---

# What was announced

Muse Spark is open source. 😀 Nobody doubts it.
"""


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[SERVER, "lsp"]),
)
async def client(request, client: LanguageClient, tmp_path: pathlib.Path):
    (tmp_path / "claimlint.yaml").write_text("facts: [facts]\nseeds: [seeds]\n")
    for folder in ("facts", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seeds" / "note.txt").write_text("The weights of the Zephyrine are closed, its maker says.\n")
    client.root = tmp_path

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(_: types.RegistrationParams):
        """These editors say that they watch files for a server; saving does for this test."""

    for method in (types.WORKSPACE_CODE_LENS_REFRESH, types.WORKSPACE_INLAY_HINT_REFRESH):

        @client.feature(method)
        def refresh(*_):
            """These editors would ask again; nothing in this test is left to ask for."""

    params = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        workspace_folders=[types.WorkspaceFolder(uri=tmp_path.as_uri(), name="project")],
    )
    result = await client.initialize_session(params)
    client.pulls = result.capabilities.diagnostic_provider is not None
    yield
    await client.shutdown_session()


class Document:
    """An open document, edited with ranges as an editor does."""

    def __init__(self, client, name, text, language="markdown"):
        self.client, self.version, self.text = client, 0, text
        self.path = client.root / name
        self.path.write_text(text)
        self.uri = self.path.as_uri()
        self.id = types.TextDocumentIdentifier(uri=self.uri)
        item = types.TextDocumentItem(uri=self.uri, language_id=language, version=0, text=text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def position(self, word, inside=1):
        before = self.text[: self.text.index(word) + inside]
        line = before.count("\n")
        column = before.rsplit("\n", 1)[-1]
        return types.Position(line=line, character=len(column.encode("utf-16-le")) // 2)

    def replace(self, old, new):
        start, end = self.position(old, 0), self.position(old, len(old))
        self.text = self.text.replace(old, new, 1)
        self.version += 1
        change = types.TextDocumentContentChangePartial(range=types.Range(start=start, end=end), text=new)
        version = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=version, content_changes=[change])
        )

    async def diagnostics(self):
        """Those of the newest version, pulled or pushed as was agreed."""
        if self.client.pulls:
            report = await self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(text_document=self.id)
            )
            return list(report.items)
        while True:
            published = self.client.wait_for_notification("textDocument/publishDiagnostics")
            params = await asyncio.wait_for(published, 10)
            if (params.uri, params.version) == (self.uri, self.version):
                return list(params.diagnostics)

    async def rules(self):
        return {d.code for d in await self.diagnostics()}


@pytest.mark.asyncio
async def test_a_writing_session(client: LanguageClient):
    draft = Document(client, "draft.md", DRAFT)
    (finding,) = [d for d in await draft.diagnostics() if d.code == "license"]
    assert finding.severity == types.DiagnosticSeverity.Error
    assert finding.range.start == draft.position("open source", 0)
    seed = pathlib.Path(finding.related_information[0].location.uri.removeprefix("file://"))
    assert seed.is_file(), "the quote opens"

    at = {"text_document": draft.id, "position": draft.position("open source")}
    hover = await client.text_document_hover_async(types.HoverParams(**at))
    assert "closed" in hover.contents.value
    places = await client.text_document_definition_async(types.DefinitionParams(**at))
    assert len(places) == 2
    outline = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=draft.id))
    assert any("Muse Spark" in symbol.name for symbol in outline)
    (lens,) = await client.text_document_code_lens_async(types.CodeLensParams(text_document=draft.id))
    assert "1 contradicted" in lens.command.title

    context = types.CodeActionContext(diagnostics=[finding])
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(text_document=draft.id, range=finding.range, context=context)
    )
    edit = actions[0].edit
    edits = edit.document_changes[0].edits if edit.document_changes else edit.changes[draft.uri]
    draft.replace("open source", edits[0].new_text)
    assert "license" not in await draft.rules()
    draft.replace("Nobody doubts it.", "Muse Spark is open source.")
    assert "license" in await draft.rules(), "behind an emoji"
    draft.replace("open source.", "open source. <!-- claimlint: allow license -- a test -->")
    assert "license" not in await draft.rules()


@pytest.mark.asyncio
async def test_a_fact_of_ones_own(client: LanguageClient):
    draft = Document(client, "own.md", "---\ndate: 2026-04-20\n---\n\nThe Zephyrine is open source.\n")
    assert "license" not in await draft.rules()
    text = "subject: brontes/zephyrine\nkind: model\nname: Zephyrine\nfacts:\n  - opennes: closed\n"
    facts = Document(client, "facts/zephyrine.yaml", text, "yaml")
    (wrong,) = await facts.diagnostics()
    assert "did you mean `openness`?" in wrong.message
    facts.replace("opennes:", "openness:")
    quote = "    source: {seed: note, quote: 'The weights of the Zephyrine are closed'}\n"
    facts.replace("closed\n", f"closed\n    from: 2026-01-01\n{quote}")
    assert await facts.diagnostics() == []
    facts.path.write_text(facts.text)
    client.text_document_did_save(types.DidSaveTextDocumentParams(text_document=facts.id))
    for _ in range(100):
        draft.version += 1
        draft.replace("The Zephyrine", "The Zephyrine")
        if "license" in await draft.rules():
            break
    else:
        pytest.fail("the saved fact is not known to the draft")
