//! Reads a module: its declarations, and the bodies of its functions as trees.

use crate::Error;
use crate::operator::Type;
use crate::ranges::Range;
use crate::simplify::simplify;
use crate::structure;
use crate::traps;
use crate::tree::Function;
use std::collections::HashMap;
use wasmparser::{
    BinaryReaderError, CompositeInnerType, ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, FuncType,
    FunctionBody, Name, NameSectionReader, Operator, Parser, Payload, TypeRef, ValType, Validator, WasmFeatures,
};

/// A module that the rest of the translation takes apart.
#[derive(Default)]
pub(crate) struct Module {
    pub(crate) types: Vec<Signature>,
    /// Module and name of each imported function; they come first in the numbers of functions.
    pub(crate) imports: Vec<(String, String)>,
    /// The type of each function, imports included.
    pub(crate) functions: Vec<u32>,
    pub(crate) bodies: Vec<Function>,
    /// Type and first value of each global.
    pub(crate) globals: Vec<(Type, Value)>,
    /// Pages at first, and at most.
    pub(crate) memory: Option<(u32, u32)>,
    /// The functions in the table.
    pub(crate) table: Vec<Option<u32>>,
    pub(crate) data: Vec<(u32, Vec<u8>)>,
    pub(crate) exports: Vec<(String, u32)>,
    pub(crate) start: Option<u32>,
    /// Whether global 0 is the stack pointer of Rust's compiler.
    has_stack_pointer: bool,
    /// Names of functions, by number.
    pub(crate) names: HashMap<u32, String>,
}

/// What a function takes and gives; at most one value.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) parameters: Vec<Type>,
    pub(crate) result: Option<Type>,
}

/// A constant: the bits of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value {
    I32(u32),
    I64(i64),
    F32(u32),
    F64(u64),
}

/// The pages that a memory without a maximum may have: 64 MiB, which is 256 MiB in PHP.
const MAX_PAGES: u64 = 1024;

impl Module {
    /// The signature of a function.
    pub(crate) fn signature(&self, function: u32) -> &Signature {
        &self.types[self.functions[function as usize] as usize]
    }

    /// Between which numbers a global lies. The stack pointer is taken to leave room for a frame: where there is none left, an
    /// address becomes negative, which no word of the memory has, instead of wrapping around.
    pub(crate) fn range_of_global(&self, number: u32) -> Range {
        match self.globals[number as usize].0 {
            Type::I32 if number == 0 && self.has_stack_pointer => Range::new(0x1_0000, 0x7fff_ffff),
            of => Range::all(of),
        }
    }

    /// Reads and validates a module.
    pub(crate) fn read(wasm: &[u8], trusts_compiler: bool) -> Result<Self, Error> {
        let features = WasmFeatures::MVP
            | WasmFeatures::BULK_MEMORY
            | WasmFeatures::SIGN_EXTENSION
            | WasmFeatures::SATURATING_FLOAT_TO_INT
            | WasmFeatures::MULTI_VALUE
            | WasmFeatures::REFERENCE_TYPES
            | WasmFeatures::MUTABLE_GLOBAL;
        // Only what cannot be read at all is refused as malformed: an operator of another proposal is refused by name.
        Validator::new_with_features(features | WasmFeatures::all()).validate_all(wasm).map_err(malformed)?;
        let mut module = Self { has_stack_pointer: trusts_compiler, ..Self::default() };
        let mut bodies = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            module.section(payload.map_err(malformed)?, &mut bodies)?;
        }
        for (at, body) in bodies.iter().enumerate() {
            let number =
                u32::try_from(module.imports.len() + at).map_err(|_| Error::Unsupported("so many functions".into()))?;
            let mut function = structure::read(&module, number, body).map_err(|error| module.located(number, error))?;
            simplify(&mut function);
            module.bodies.push(function);
        }
        if trusts_compiler {
            traps::shorten(&mut module);
        }
        Ok(module)
    }

    fn located(&self, function: u32, error: Error) -> Error {
        match (error, self.names.get(&function)) {
            (Error::Unsupported(what), Some(name)) => Error::Unsupported(format!("{what} (in {name})")),
            (error, _) => error,
        }
    }

    fn section<'a>(&mut self, payload: Payload<'a>, bodies: &mut Vec<FunctionBody<'a>>) -> Result<(), Error> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    for ty in group.map_err(malformed)?.into_types() {
                        let CompositeInnerType::Func(ty) = ty.composite_type.inner else {
                            return unsupported("types of the GC proposal");
                        };
                        self.types.push(signature(&ty)?);
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(malformed)?;
                    let TypeRef::Func(ty) = import.ty else { return unsupported("an import that is no function") };
                    self.imports.push((import.module.to_owned(), import.name.to_owned()));
                    self.functions.push(ty);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.functions.push(ty.map_err(malformed)?);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    let memory = memory.map_err(malformed)?;
                    if memory.memory64 || memory.shared || self.memory.is_some() {
                        return unsupported("a shared, a second or a 64-bit memory");
                    }
                    let most = memory.maximum.unwrap_or(MAX_PAGES).min(MAX_PAGES);
                    self.memory = Some((pages(memory.initial)?, pages(most)?));
                }
            }
            Payload::TableSection(section) => {
                if section.count() > 1 {
                    return unsupported("a second table");
                }
                for table in section {
                    let size = usize::try_from(table.map_err(malformed)?.ty.initial).unwrap_or(usize::MAX);
                    if size > 100_000 {
                        return unsupported("a table of more than 100,000 functions");
                    }
                    self.table.resize(size, None);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global.map_err(malformed)?;
                    self.globals.push((value_type(global.ty.content_type)?, constant(&global.init_expr)?));
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export.map_err(malformed)?;
                    match export.kind {
                        ExternalKind::Func => self.exports.push((export.name.to_owned(), export.index)),
                        // Another module could change it.
                        ExternalKind::Table => return unsupported("an exported table"),
                        _ => {}
                    }
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element.map_err(malformed)?;
                    self.element(&element)?;
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    let data = data.map_err(malformed)?;
                    let DataKind::Active { offset_expr, .. } = data.kind else { return unsupported("passive data") };
                    let Value::I32(at) = constant(&offset_expr)? else { return unsupported("data at this offset") };
                    self.data.push((at, data.data.to_vec()));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::CustomSection(section) => {
                if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                    self.read_names(names);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, element: &wasmparser::Element<'_>) -> Result<(), Error> {
        let offset = match &element.kind {
            ElementKind::Active { offset_expr, .. } => constant(offset_expr)?,
            ElementKind::Declared => return Ok(()),
            ElementKind::Passive => return unsupported("passive elements"),
        };
        let (Value::I32(offset), ElementItems::Functions(functions)) = (offset, element.items.clone()) else {
            return unsupported("elements that are no list of functions");
        };
        for (at, function) in functions.into_iter().enumerate() {
            let entry = self
                .table
                .get_mut(offset as usize + at)
                .ok_or(Error::Unsupported("elements outside of the table".into()))?;
            *entry = Some(function.map_err(malformed)?);
        }
        Ok(())
    }

    /// A name section that cannot be read is none.
    fn read_names(&mut self, names: NameSectionReader<'_>) {
        for name in names.into_iter().flatten() {
            if let Name::Function(functions) = name {
                self.names.extend(functions.into_iter().flatten().map(|naming| (naming.index, naming.name.to_owned())));
            }
        }
    }
}

fn pages(pages: u64) -> Result<u32, Error> {
    u32::try_from(pages)
        .ok()
        .filter(|pages| u64::from(*pages) <= MAX_PAGES)
        .ok_or(Error::Unsupported("so large a memory".into()))
}

fn signature(ty: &FuncType) -> Result<Signature, Error> {
    let parameters = ty.params().iter().map(|ty| value_type(*ty)).collect::<Result<_, _>>()?;
    match ty.results() {
        [] => Ok(Signature { parameters, result: None }),
        [only] => Ok(Signature { parameters, result: Some(value_type(*only)?) }),
        _ => unsupported("a function with several results"),
    }
}

/// The type, unless it is a vector or a reference.
pub(crate) fn value_type(ty: ValType) -> Result<Type, Error> {
    match ty {
        ValType::I32 => Ok(Type::I32),
        ValType::I64 => Ok(Type::I64),
        ValType::F32 => Ok(Type::F32),
        ValType::F64 => Ok(Type::F64),
        other => unsupported(&format!("the type {other}")),
    }
}

fn constant(expression: &ConstExpr<'_>) -> Result<Value, Error> {
    let mut reader = expression.get_operators_reader();
    let value = match reader.read().map_err(malformed)? {
        Operator::I32Const { value } => Value::I32(value.cast_unsigned()),
        Operator::I64Const { value } => Value::I64(value),
        Operator::F32Const { value } => Value::F32(value.bits()),
        Operator::F64Const { value } => Value::F64(value.bits()),
        _ => return unsupported("a constant expression that is no constant"),
    };
    match reader.read().map_err(malformed)? {
        Operator::End => Ok(value),
        _ => unsupported("a constant expression that is no constant"),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn malformed(error: BinaryReaderError) -> Error {
    Error::Malformed(error.to_string())
}

pub(crate) fn unsupported<T>(what: &str) -> Result<T, Error> {
    Err(Error::Unsupported(what.to_owned()))
}
