/** Names of the functions of `more.ts`, for whoever offers them and runs none. A test keeps the two alike. */
export const MORE_NAMES: readonly string[] = `
  match replace mvfind json json_valid json_extract json_extract_exact json_has_key_exact json_keys
  json_entries json_array_to_mv json_set json_set_exact json_append json_extend json_delete json_array
  json_object mv_to_json_array toarray spath toobject md5 sha1 sha256 sha512 cast ucast parse_long
  parse_int parse_double parse_bool map_get map_keys map_has_key create_map match_regex concat iterator
  for_each map filter any all sum avg acos acosh asin asinh atan atan2 atanh cos cosh hypot pi sin sinh tan
  tanh bit_and bit_or bit_xor bit_not bit_shift_left bit_shift_right printf strptime
`
  .trim()
  .split(/\s+/);
