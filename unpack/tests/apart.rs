//! A module that is taken apart can be put together again, and one that could not is refused.

use unpack::{Damaged, Refused, join, joined_length, split};

const END: u8 = 0x0b;
/// Where the code of [`around`]'s first function begins.
const START: usize = 8 + 4 + 3 + 2;

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id][..], &number(content.len()), content].concat()
}

/// A module with these functions, and with a section before them and one after.
fn module(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut code = number(bodies.len());
    for body in bodies {
        code.extend(number(body.len()));
        code.extend(body);
    }
    let before = section(0, b"\x01a");
    [b"\0asm\x01\0\0\0", &before[..], &section(10, &code), &section(11, &[0])].concat()
}

/// A function without locals that does this.
fn body(instructions: &[u8]) -> Vec<u8> {
    [&[0], instructions, &[END]].concat()
}

/// A module whose only function, of less than 128 bytes, does this.
fn around(instructions: &[u8]) -> Vec<u8> {
    module(&[body(instructions)])
}

fn joined(apart: &[u8]) -> Result<Vec<u8>, Damaged> {
    // What is damaged may claim any length.
    let mut module = vec![0; joined_length(apart)?.min(1 << 20)];
    join(apart, &mut module).map(|()| module)
}

/// One or more of each form that an instruction can have.
fn forms() -> Vec<Vec<u8>> {
    let mut forms: Vec<Vec<u8>> = Vec::new();
    // No more than an opcode.
    let bare = [0x00, 0x01, 0x0f, 0x1a, 0x1b, 0xd1].into_iter().chain(0x45..=0xc4);
    forms.extend(bare.map(|opcode| vec![opcode]));
    // Loads and stores: the alignment, and a near or a far place.
    let natural = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
    for (opcode, natural) in (0x28..=0x3e).zip(natural) {
        forms.push(vec![opcode, natural, 8]);
        forms.push(vec![opcode, natural, 0x80, 0x80, 0x80, 0x80, 0x01]);
    }
    // A number: near, and written with more bytes.
    let numbered = [
        0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40, 0x41, 0x42, 0xd0,
        0xd2,
    ];
    for opcode in numbered {
        forms.push(vec![opcode, 0]);
        forms.push(vec![opcode, 0xff, 0x01]);
        forms.push(vec![opcode, 0x80, 0x80, 0x01]);
        forms.push(vec![opcode, 0x80, 0x80, 0x80, 0x01]);
        forms.push(vec![opcode, 0xff, 0xff, 0xff, 0xff, 0x0f]);
    }
    forms.push([&[0x42][..], &[0x80; 9], &[0x7f]].concat());
    forms.push(vec![0x11, 0x80, 0x01, 0x00]);
    // Bytes that look like an end are none here.
    forms.push([&[0x43][..], &[END; 4]].concat());
    forms.push([&[0x44][..], &[END; 8]].concat());
    forms.push(vec![0x1c, 0x02, 0x7f, 0x7e]);
    forms.push(vec![0x0e, 0x00, 0x03]);
    forms.push(vec![0x0e, 0x03, 0x00, 0x01, 0x80, 0x01, END]);
    // Blocks, and one with a type by its number.
    for opcode in 0x02..=0x04 {
        forms.push(vec![opcode, 0x40, 0x01, END]);
        forms.push(vec![opcode, 0x80, 0x01, opcode, 0x7f, END, END]);
    }
    forms.push(vec![0x04, 0x40, 0x01, 0x05, 0x01, END]);
    // Two opcodes.
    for second in 0..=17 {
        let more: &[u8] = match second {
            0..=7 => &[],
            8 | 10 | 12 | 14 => &[END, 0x80, 0x01],
            _ => &[END],
        };
        forms.push([&[0xfc, second], more].concat());
    }
    forms
}

/// A module that has all of them.
fn all() -> Vec<u8> {
    let mut bodies: Vec<_> = forms().iter().map(|form| body(form)).collect();
    bodies.push(body(&forms().concat()));
    // Locals of two types.
    bodies.push(vec![2, 3, 0x7f, 0x80, 0x01, 0x7c, 0x20, 5, 0x1a, END]);
    module(&bodies)
}

#[test]
fn each_form_of_an_instruction_comes_out_again() {
    for form in forms() {
        let module = around(&form);
        let apart = split(&module).unwrap_or_else(|refused| panic!("{refused}: {form:x?}"));
        assert!(joined(&apart) == Ok(module), "{form:x?}");
    }
    assert!(joined(&split(&all()).unwrap()) == Ok(all()));
}

#[test]
fn functions_of_any_length_come_out_again() {
    for length in [0, 1, 125, 126, 127, 128, 16_380, 16_381, 16_382, 16_383, 100_000] {
        let module = module(&[body(&vec![0x01; length]), body(&[])]);
        assert!(joined(&split(&module).unwrap()) == Ok(module), "{length}");
    }
    for module in [module(&[]), module(&[])[..8].to_vec(), vec![], vec![7; 5]] {
        assert_eq!(joined(&split(&module).unwrap()), Ok(module));
    }
}

#[test]
fn each_kind_stands_for_itself_and_what_follows_from_the_rest_is_not_kept() {
    // local.get, i32.load, i32.const and i32.add, a hundred times.
    let one = [0x20, 0x07, 0x28, 0x02, 0x55, 0x41, 0x99, 0x01, 0x6a];
    let module = module(&[body(&one.repeat(100))]);
    let apart = split(&module).unwrap();
    let has = |part: &[u8]| apart.windows(part.len() * 100).any(|seen| seen == part.repeat(100));
    // 0xf2 is for a constant of two bytes.
    for part in [&[0x20, 0x28, 0xf2, 0x6a][..], &[0x07], &[0x55], &[0x99, 0x01]] {
        assert!(has(part), "{part:x?}");
    }
    // The lengths come in, and a hundred alignments and the function's length go out.
    assert_eq!(apart.len(), module.len() + 4 * 18 - 100 - 2);
}

#[test]
fn an_unknown_instruction_is_refused_with_its_place() {
    let known: Vec<u8> = forms().iter().map(|form| form[0]).collect();
    for opcode in 0..=0xff {
        if !known.contains(&opcode) && ![0x05, END].contains(&opcode) {
            let module = around(&[0x01, opcode, 0, 0, 0]);
            assert_eq!(split(&module), Err(Refused::Unknown(START + 1)), "{opcode:x}");
        }
    }
    assert_eq!(split(&around(&[0xfc, 18, 0])), Err(Refused::Unknown(START)));
    // A constant of six bytes.
    let constant = [0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00];
    assert_eq!(split(&around(&constant)), Err(Refused::Unknown(START)));
}

#[test]
fn what_the_page_would_write_otherwise_is_refused() {
    assert_eq!(split(&around(&[0x28, 0x01, 0x00])), Err(Refused::Alignment(START + 1)));
    // Of several memories, the second.
    assert_eq!(split(&around(&[0x28, 0x42, 0x01, 0x00])), Err(Refused::Alignment(START + 1)));
    let code = |code: &[u8]| [b"\0asm\x01\0\0\0", &section(10, code)[..]].concat();
    assert!(split(&code(&[1, 2, 0, END])).is_ok());
    // Its length takes two bytes where one would do; it ends too late; too early; within the next.
    for wrong in [&[1, 0x82, 0x00, 0, END][..], &[1, 3, 0, END, 1], &[1, 2, 0, 1, END]] {
        assert_eq!(split(&code(wrong)), Err(Refused::Length(11)), "{wrong:x?}");
    }
    let beyond = [&code(&[1, 3, 0, END])[..], &section(11, &[0])].concat();
    assert!(split(&beyond).is_err());
}

#[test]
fn a_module_cut_before_the_end_of_its_functions_is_refused() {
    let module = all();
    for end in 8..module.len() - section(11, &[0]).len() {
        // Between two sections it is a module, too.
        let is_module = [8, 8 + section(0, b"\x01a").len()].contains(&end);
        assert_eq!(split(&module[..end]).is_ok(), is_module, "{end} of {}", module.len());
    }
}

#[test]
fn what_is_cut_is_damaged() {
    let apart = split(&all()).unwrap();
    for end in 0..apart.len() {
        assert_eq!(joined(&apart[..end]), Err(Damaged), "{end} of {}", apart.len());
    }
    assert_eq!(joined(&[&apart[..], &[0]].concat()), Err(Damaged));
    assert_eq!(join(&apart, &mut vec![0; all().len() - 1]), Err(Damaged));
    assert_eq!(join(&apart, &mut vec![0; all().len() + 1]), Err(Damaged));
}

#[test]
fn what_is_changed_is_damaged_or_another_module() {
    let (module, apart) = (all(), split(&all()).unwrap());
    for at in 0..apart.len() {
        for flip in 0..8 {
            let mut changed = apart.clone();
            changed[at] ^= 1 << flip;
            let joined = joined(&changed);
            assert!(joined != Ok(module.clone()), "byte {at} of {}", apart.len());
            assert!(at >= 8 || joined == Err(Damaged), "byte {at} of the lengths");
        }
    }
}

#[test]
fn noise_is_damaged() {
    let mut state = 1u64;
    let mut next = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as u8
    };
    for _ in 0..2_000 {
        let mut noise: Vec<u8> = (0..72 + 16 * 40).map(|_| next()).collect();
        assert_eq!(joined(&noise), Err(Damaged));
        // With lengths that could be.
        noise[..72].fill(0);
        noise[1] = 1;
        (8..72).step_by(4).for_each(|at| noise[at] = 40);
        assert_eq!(joined(&noise), Err(Damaged));
    }
}
