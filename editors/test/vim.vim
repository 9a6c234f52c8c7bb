" Drives a real Vim with ALE: a claim is underlined, its evidence shown, its fix applied, the buffer read back.
" Started by vim.sh; what was seen goes to the file that $SEEN names.

let s:seen = []

function! s:see(what) abort
  call add(s:seen, '  seen: ' . a:what)
endfunction

function! s:wait(Test, what) abort
  for l:turn in range(400)
    if a:Test() | return | endif
    sleep 20m
  endfor
  throw 'not seen: ' . a:what
endfunction

function! s:finding(rule) abort
  return filter(copy(getloclist(0)), {_, item -> item.text =~# '^' . a:rule . ':'})
endfunction

" What Vim does by itself once nothing runs any more.
function! s:changed() abort
  doautocmd TextChanged
endfunction

function! s:preview() abort
  for l:window in range(1, winnr('$'))
    if getwinvar(l:window, '&previewwindow')
      return join(getbufline(winbufnr(l:window), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunction

function! s:write() abort
  call s:wait({-> !empty(s:finding('license'))}, 'a diagnostic')
  let l:finding = s:finding('license')[0]
  call s:see(printf('the claim is underlined at %d:%d', l:finding.lnum, l:finding.col))

  call cursor(l:finding.lnum, l:finding.col + 1)
  let g:ale_hover_to_preview = 1
  ALEHover
  call s:wait({-> s:preview() =~# 'Fact'}, 'the fact on hover')
  call s:see('the hover shows the fact')
  pclose

  " A writer who types 1 at ALE's question.
  runtime autoload/ale/util.vim
  function! ale#util#Input(question, value) abort
    let g:asked = a:question
    return '1'
  endfunction
  let l:before = getline(l:finding.lnum)
  ALECodeAction
  call s:wait({-> getline(l:finding.lnum) isnot# l:before}, 'a fix')
  call s:see('the fix is in the buffer: ' . getline(l:finding.lnum))
  call s:changed()
  call s:wait({-> empty(s:finding('license'))}, 'the finding gone')
  call s:see('the finding is gone')

  call append(line('$'), ['', 'Muse Spark is open source.'])
  call s:changed()
  call s:wait({-> !empty(s:finding('license'))}, 'a diagnostic after typing')
  call s:see('typing brings one back')

  call cursor(s:finding('license')[0].lnum, s:finding('license')[0].col + 1)
  set hidden
  ALEGoToDefinition
  call s:wait({-> expand('%:t') isnot# 'draft.md'}, 'the definition')
  call s:see('definition leads to ' . expand('%:t'))
endfunction

function! s:run() abort
  let l:failed = 0
  try
    call s:write()
  catch
    call add(s:seen, '  failed: ' . v:exception)
    let l:failed = 1
  endtry
  call writefile(s:seen, $SEEN)
  execute l:failed ? 'cquit!' : 'qall!'
endfunction

autocmd VimEnter * call timer_start(0, {-> s:run()})
