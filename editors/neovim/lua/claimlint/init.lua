--- The Neovim client: it starts the server for drafts. All else is the server's and Neovim's own.
local M = {}

--- Defaults; `setup` takes the same keys.
M.options = {
  --- How to start the server.
  cmd = { "claimlint", "lsp" },
  --- What is a draft, and the files that facts, rules and settings stand in.
  filetypes = { "markdown", "mdx", "html", "text", "yaml" },
  --- What marks a project's folder.
  root_markers = { "claimlint.yaml", ".git" },
  --- The server's settings: see |claimlint-settings|.
  settings = {},
}

local function root(path)
  for _, marker in ipairs(M.options.root_markers) do
    local folder = vim.fn.fnamemodify(path, ":h")
    while folder ~= "" do
      if vim.fn.isdirectory(folder .. "/" .. marker) == 1 or vim.fn.filereadable(folder .. "/" .. marker) == 1 then
        return folder
      end
      local above = vim.fn.fnamemodify(folder, ":h")
      if above == folder then
        break
      end
      folder = above
    end
  end
end

local function config(path)
  return {
    name = "claimlint",
    cmd = M.options.cmd,
    root_dir = root(path),
    settings = { claimlint = M.options.settings },
    init_options = { claimlint = M.options.settings },
  }
end

--- Neovim 0.7 has no `vim.lsp.start`: one client for each root, attached by hand.
local clients = {}
local function attach(buffer)
  local wanted = config(vim.api.nvim_buf_get_name(buffer))
  if vim.lsp.start then
    vim.lsp.start(wanted, { bufnr = buffer })
    return
  end
  local key = wanted.root_dir or ""
  local client = clients[key]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client(wanted)
    clients[key] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

local FIX_ALL = "source.fixAll.claimlint"

--- Applies every fix that is safe without being looked at, at once, so that it can be done before a file is written.
function M.fix_all()
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = { line = 0, character = 0 }, ["end"] = { line = vim.api.nvim_buf_line_count(0), character = 0 } },
    context = { only = { FIX_ALL }, diagnostics = {} },
  }
  for id, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 2000) or {}) do
    local client = vim.lsp.get_client_by_id(id)
    for _, action in ipairs(answer.result or {}) do
      if client and action.kind == FIX_ALL and action.edit then
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end
  end
end

--- Starts the server for every draft that is open or will be opened.
function M.setup(options)
  M.options = vim.tbl_deep_extend("force", M.options, options or {})
  vim.api.nvim_create_user_command("ClaimlintFixAll", M.fix_all, { desc = "Apply every safe fix" })
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config("claimlint", {
      cmd = M.options.cmd,
      filetypes = M.options.filetypes,
      root_markers = M.options.root_markers,
      settings = { claimlint = M.options.settings },
      init_options = { claimlint = M.options.settings },
    })
    vim.lsp.enable("claimlint")
    return
  end
  local group = vim.api.nvim_create_augroup("claimlint", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = M.options.filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(M.options.filetypes, vim.bo[buffer].filetype) then
      attach(buffer)
    end
  end
end

return M
