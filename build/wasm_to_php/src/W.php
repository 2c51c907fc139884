<?php

declare(strict_types=1);

/**
 * What WebAssembly's operators do and PHP's do not. The translation puts the module's globals in front.
 */
final class W
{
/** 0xffff_ffff: an i32 lies between 0 and this. */
const M=4294967295;

static function trap(){throw new \RuntimeException('unreachable');}

static function load16(&$m,$p){return $m[$p>>2]>>($p<<3&24)&255|($m[$p+1>>2]>>($p+1<<3&24)&255)<<8;}
static function load32(&$m,$p){$s=$p<<3&24;$i=$p>>2;return $s?$m[$i]>>$s|$m[$i+1]<<32-$s&self::M:$m[$i];}
static function load64(&$m,$p){return self::load32($m,$p)|self::load32($m,$p+4)<<32;}

static function store8(&$m,$p,$v){$i=$p>>2;$s=$p<<3&24;$m[$i]=self::in($m,$i)&~(255<<$s)|($v&255)<<$s;}
static function store16(&$m,$p,$v){self::in($m,$p+1>>2);self::store8($m,$p,$v);self::store8($m,$p+1,$v>>8);}
static function store32(&$m,$p,$v)
{
    $i=$p>>2;$s=$p<<3&24;$v&=self::M;
    if($s){self::in($m,$i+1);$m[$i]=self::in($m,$i)&(1<<$s)-1|$v<<$s&self::M;$m[$i+1]=$m[$i+1]&~((1<<$s)-1)|$v>>32-$s;}
    else{self::in($m,$i);$m[$i]=$v;}
}
static function store64(&$m,$p,$v){self::in($m,$p+7>>2);self::store32($m,$p,$v);self::store32($m,$p+4,$v>>32);}

/** The word with this number, which must be there. */
static function in(&$m,$i){return $m[$i]??throw new \RuntimeException('out of bounds memory access');}

static function grow(&$m,$pages)
{
    $old=\count($m);
    $new=$old+$pages*16384;
    if($new>self::MAX_WORDS){return self::M;}
    for($i=$old;$i<$new;$i++){$m[]=0;}
    return $old>>14;
}

static function fill(&$m,$p,$v,$n)
{
    self::range($m,$p,$n);
    $v&=255;
    for(;$n&&$p&3;$n--){self::store8($m,$p++,$v);}
    $w=$v*16843009;
    for($i=$p>>2,$e=$i+($n>>2);$i<$e;$i++){$m[$i]=$w;}
    for($p+=$n&~3,$n&=3;$n;$n--){self::store8($m,$p++,$v);}
}

static function copy(&$m,$d,$s,$n)
{
    self::range($m,$d,$n);
    self::range($m,$s,$n);
    if($d===$s||!$n){return;}
    if($d<$s||$d>=$s+$n){
        for(;$n&&$d&3;$n--,$s++){self::store8($m,$d++,$m[$s>>2]>>($s<<3&24));}
        $i=$d>>2;$j=$s>>2;$e=$i+($n>>2);$b=$s<<3&24;
        if($b){
            $c=32-$b;$w=$i<$e?$m[$j]:0;
            for(;$i<$e;$i++){$x=$m[++$j];$m[$i]=$w>>$b|$x<<$c&self::M;$w=$x;}
        }else{
            for(;$i<$e;$i++){$m[$i]=$m[$j++];}
        }
        $d+=$n&~3;$s+=$n&~3;
        for($n&=3;$n;$n--,$s++){self::store8($m,$d++,$m[$s>>2]>>($s<<3&24));}
        return;
    }
    $d+=$n;$s+=$n;
    if(($d-$s&3)===0){
        for(;$n&&$d&3;$n--){$s--;self::store8($m,--$d,$m[$s>>2]>>($s<<3&24));}
        for($i=$d>>2,$j=$s>>2;$n>=4;$n-=4){$m[--$i]=$m[--$j];$d-=4;$s-=4;}
    }
    for(;$n;$n--){$s--;self::store8($m,--$d,$m[$s>>2]>>($s<<3&24));}
}

static function range(&$m,$p,$n){if($p+$n>\count($m)<<2){throw new \RuntimeException('out of bounds memory access');}}

static function mul32($a,$b){return (($a>>16)*$b<<16)+($a&65535)*$b&self::M;}
static function div32($a,$b){if($a===-2147483648&&$b===-1){throw new \RuntimeException('integer overflow');}return \intdiv($a,$b);}
static function rotl32($a,$n){$n&=31;return ($a<<$n|$a>>32-$n)&self::M;}
static function rotr32($a,$n){$n&=31;return ($a>>$n|$a<<32-$n)&self::M;}
static function clz32($a){$n=32;for($s=16;$s;$s>>=1){if($a>>$s){$n-=$s;$a>>=$s;}}return $a?$n-1:$n;}
static function ctz32($a){return $a?31-self::clz32($a&-$a):32;}
static function popcnt32($a){$a-=$a>>1&1431655765;$a=($a&858993459)+($a>>2&858993459);$a=$a+($a>>4)&252645135;return $a*16843009>>24&63;}

static function add($a,$b)
{
    $l=($a&self::M)+($b&self::M);
    return ($a>>32)+($b>>32)+($l>>32)<<32|$l&self::M;
}
static function sub($a,$b)
{
    $l=($a&self::M)-($b&self::M);
    return ($a>>32)-($b>>32)+($l>>32)<<32|$l&self::M;
}
static function mul($a,$b)
{
    $p=$a&self::M;$q=$b&self::M;
    // In parts of 16 bits, none of which can overflow.
    $x=($p&65535)*$q;
    $y=($p>>16)*$q+($x>>16);
    $low=($y&65535)<<16|$x&65535;
    $high=($y>>16)+self::mul32($p,$b>>32&self::M)+self::mul32($a>>32&self::M,$q);
    return $high<<32|$low;
}
static function shr_u($a,$n){return $n?$a>>$n&\PHP_INT_MAX>>$n-1:$a;}
static function rotl64($a,$n){$n&=63;return $n?$a<<$n|self::shr_u($a,64-$n):$a;}
static function rotr64($a,$n){$n&=63;return $n?self::shr_u($a,$n)|$a<<64-$n:$a;}
static function clz64($a){$h=$a>>32&self::M;return $h?self::clz32($h):32+self::clz32($a&self::M);}
static function ctz64($a){$l=$a&self::M;return $l?self::ctz32($l):32+self::ctz32($a>>32&self::M);}
static function popcnt64($a){return self::popcnt32($a&self::M)+self::popcnt32($a>>32&self::M);}

static function div_u($a,$b)
{
    if($b<0){return ($a^\PHP_INT_MIN)>=($b^\PHP_INT_MIN)?1:0;}
    if($a>=0){return \intdiv($a,$b);}
    if($b===1){return $a;}
    // Half of the dividend first, then at most one more.
    $q=\intdiv(self::shr_u($a,1),$b)<<1;
    $r=self::sub($a,self::mul($q,$b));
    return ($r^\PHP_INT_MIN)>=($b^\PHP_INT_MIN)?$q+1:$q;
}
static function rem_u($a,$b)
{
    if($a>=0&&$b>=0){return $a%$b;}
    return $b===0?$a%$b:self::sub($a,self::mul(self::div_u($a,$b),$b));
}

/** `pack` would make a signaling NaN a quiet one. */
static function bits32($f){if(\is_nan($f)){$i=self::bits64($f);return $i>>32&2147483648|2139095040|$i>>29&8388607;}return \unpack('V',\pack('g',$f))[1];}
static function bits64($f){return \unpack('P',\pack('e',$f))[1];}
static function float32($i){if(($i&2147483647)>2139095040){return self::float64(($i&2147483648)<<32|9218868437227405312|($i&8388607)<<29);}return \unpack('g',\pack('V',$i))[1];}
static function float64($i){return \unpack('e',\pack('P',$i))[1];}
static function demote($f){return \unpack('g',\pack('g',$f))[1];}
static function sqrt32($f){return self::demote(\sqrt($f));}
static function abs($f){return self::float64(self::bits64($f)&\PHP_INT_MAX);}
static function neg($f){return self::float64(self::bits64($f)^\PHP_INT_MIN);}
static function copysign($a,$b){return self::float64(self::bits64($a)&\PHP_INT_MAX|self::bits64($b)&\PHP_INT_MIN);}
static function trunc($f){return $f<0.0||self::bits64($f)<0?\ceil($f):\floor($f);}
static function nearest($f)
{
    if(\abs($f)>=4503599627370496.0||\is_nan($f)){return $f+0.0;}
    $r=\abs($f)+4503599627370496.0-4503599627370496.0;
    return self::copysign($r,$f);
}
static function min($a,$b){if(\is_nan($a)||\is_nan($b)){return \NAN;}return $a<$b||$a==$b&&self::bits64($a)<0?$a:$b;}
static function max($a,$b){if(\is_nan($a)||\is_nan($b)){return \NAN;}return $a>$b||$a==$b&&self::bits64($a)>=0?$a:$b;}

static function whole($f,$low,$high)
{
    if(\is_nan($f)){throw new \RuntimeException('invalid conversion to integer');}
    $f=self::trunc($f);
    if($f<$low||$f>=$high){throw new \RuntimeException('integer overflow');}
    return $f;
}
static function clamp($f,$low,$high){return \is_nan($f)?0.0:self::trunc($f<$low?$low:($f>=$high?$high:$f));}
static function big($f){return $f>=9223372036854775808.0?(int)($f-9223372036854775808.0)^\PHP_INT_MIN:(int)$f;}
static function trunc_s32($f){return (int)self::whole($f,-2147483648.0,2147483648.0)&self::M;}
static function trunc_u32($f){return (int)self::whole($f,0.0,4294967296.0);}
static function trunc_s64($f){return (int)self::whole($f,-9223372036854775808.0,9223372036854775808.0);}
static function trunc_u64($f){return self::big(self::whole($f,0.0,18446744073709551616.0));}
static function sat_s32($f){return (int)self::clamp($f,-2147483648.0,2147483647.0)&self::M;}
static function sat_u32($f){return (int)self::clamp($f,0.0,4294967295.0);}
static function sat_s64($f){return $f>=9223372036854775808.0?\PHP_INT_MAX:(int)self::clamp($f,-9223372036854775808.0,9223372036854775808.0);}
static function sat_u64($f){return $f>=18446744073709551616.0?-1:self::big(self::clamp($f,0.0,18446744073709551616.0));}

static function int32_to_32($i){return self::demote((float)$i);}
/** Rounds once: what a float of 64 bits cannot hold is folded into its last bit (round to odd). */
static function int_to_32($i)
{
    if($i<0){return $i===\PHP_INT_MIN?-9223372036854775808.0:-self::int_to_32(-$i);}
    return self::demote((float)($i>=1<<53?$i&~2047|(($i&2047)!==0?1024:0):$i));
}
static function unsigned_to_32($i)
{
    return $i>=0?self::int_to_32($i):2.0*self::int_to_32($i>>1&\PHP_INT_MAX|$i&1);
}
static function unsigned_to_64($i){return $i>=0?(float)$i:2.0*(float)($i>>1&\PHP_INT_MAX|$i&1);}
}
