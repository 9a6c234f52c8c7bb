--- For `vim.lsp.enable("claimlint")` on Neovim 0.11 and later, without any setup.
return {
  cmd = { "claimlint", "lsp" },
  filetypes = { "markdown", "mdx", "html", "text", "yaml" },
  root_markers = { "claimlint.yaml", ".git" },
}
