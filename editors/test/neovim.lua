-- Drives a real Neovim, headless: a claim is underlined, its evidence shown, its fix applied, the buffer read back.
--
--     nvim --headless -S neovim.lua draft.md    where init.lua is the block of README.md
--
-- Prints one line for each thing that was seen; exit code 0 if all of them were.

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

local function seen(what)
  io.stdout:write("  seen: " .. what .. "\n")
end

local function expect(condition, what)
  if not condition then
    error(what)
  end
end

local function finding(rule)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local code = diagnostic.code or (diagnostic.user_data or {}).lsp and diagnostic.user_data.lsp.code
    if code == rule then
      return diagnostic
    end
  end
end

local function request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 10000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

--- Applies the first action offered at a finding, which is the best one.
local function mend(rule)
  local found = finding(rule)
  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col + 2 })
  vim.ui.select = function(items, _, choose) choose(items[1], 1) end
  local before = line(found.lnum + 1)
  vim.lsp.buf.code_action()
  expect(vim.wait(10000, function() return line(found.lnum + 1) ~= before end, 20), "no fix was applied")
  seen("the fix is in the buffer: " .. line(found.lnum + 1))
  expect(vim.wait(10000, function() return finding(rule) == nil end, 20), "the finding stays")
  seen("the finding of " .. rule .. " is gone")
end

local function write()
  expect(vim.wait(20000, function() return finding("license") ~= nil end, 20), "no diagnostic came")
  local license = finding("license")
  seen(("the claim is underlined at %d:%d"):format(license.lnum + 1, license.col + 1))
  local related = license.user_data and license.user_data.lsp and license.user_data.lsp.relatedInformation
  expect(related and #related > 0, "no related place")
  expect(vim.fn.filereadable(vim.uri_to_fname(related[1].location.uri)) == 1, "the quote's document does not open")
  seen("the quote opens: " .. vim.fn.fnamemodify(vim.uri_to_fname(related[1].location.uri), ":t"))

  vim.api.nvim_win_set_cursor(0, { license.lnum + 1, license.col + 2 })
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = license.lnum, character = license.col + 2 },
  }
  local hover = request("textDocument/hover", params)
  expect(hover and hover.contents.value:find("Fact", 1, true), "the hover shows no fact")
  seen("the hover shows the fact")
  local places = request("textDocument/definition", params)
  expect(places and #places > 1, "no definition")
  seen("definition leads to " .. #places .. " places")

  mend("license")
  mend("unsourced-number")

  -- Typing brings it back, at its place.
  vim.api.nvim_buf_set_lines(0, license.lnum, license.lnum, false, { "", "😀 Muse Spark is open source.", "" })
  expect(vim.wait(10000, function() return finding("license") ~= nil end, 20), "no diagnostic after typing")
  local again = finding("license")
  expect(line(again.lnum + 1):sub(again.col + 1):find("^open source"), "it stands at the wrong place")
  seen("typing brings one back, behind an emoji, at its place")

  vim.api.nvim_create_autocmd("BufWritePre", {
    pattern = "*.md",
    callback = function() require("claimlint").fix_all() end,
  })
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { "", "<!-- claimlint: allow timeline -- no longer needed -->" })
  expect(vim.wait(10000, function() return finding("unused-suppression") ~= nil end, 20), "a stale comment is not found")
  vim.cmd("write")
  local written = table.concat(vim.fn.readfile(vim.fn.expand("%")), "\n")
  expect(not written:find("allow timeline") and not vim.bo.modified, "a stale comment is written")
  seen("what is safe is mended before the file is written")

  vim.cmd("helptags ~/src/claimlint/editors/neovim/doc")
  vim.cmd("help claimlint-setup")
  expect(vim.bo.buftype == "help" and vim.fn.expand("%:t") == "claimlint.txt", "no help page")
  seen("the help page opens")
end

vim.api.nvim_create_autocmd("VimEnter", {
  callback = function()
    vim.schedule(function()
      local ok, problem = pcall(write)
      if not ok then
        io.stdout:write("  failed: " .. tostring(problem) .. "\n")
      end
      vim.cmd(ok and "qall!" or "cquit 1")
    end)
  end,
})
